import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { PartyDescriber } from '../audit/describe-party';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../command-error';
import { askForStart, type Start } from '../init/ask-for-start';
import { findConfiguration } from '../init/find-configuration';
import { importPolicy } from '../init/import-policy';
import type { Skipped } from '../init/literal-reader';
import { inPackage } from '../package-folder';
import { readPolicy } from '../read-policy';
import { readText } from '../read-text';
import { shellWord } from '../shell-word';

const SCHEMA = './node_modules/cookie-gatekeeper/dist/policy.schema.json';

export const init = defineCommand({
  summary:
    'writes a policy to start from: for an Opendatasoft portal, or from the configuration of the consent manager that a site has (Klaro, tarteaucitron, Orejime, vanilla-cookieconsent)',
  example: 'policy.json',
  arguments: ['policy file'],
  options: {
    adopt: { says: 'one that takes over what visitors choose in the platform’s own banner' },
    from: {
      value: 'klaro-config.js',
      says: 'starts from the script, or the page, that configures the consent manager, which is read and never run: npx cookie-gatekeeper init policy.json --from klaro-config.js',
    },
  },
  async run([file], { adopt, from }) {
    if (from !== undefined && adopt)
      throw new UsageError('--adopt is for the policy of an Opendatasoft portal: leave it out, or --from.');
    const isAsked = from === undefined && !adopt && process.stdin.isTTY && process.stderr.isTTY;
    const start = isAsked ? await askForStart() : startOf(from, adopt);
    if (!start) throw new CommandError('nothing was chosen, and nothing was written.');
    return { words: await WRITE[start.kind](file, start as never) };
  },
});

/** What flags say; without any, and where nobody can be asked, it is an Opendatasoft portal. */
function startOf(from: string | undefined, adopt: true | undefined): Start {
  return from === undefined ? { kind: 'preset', adopts: !!adopt } : { kind: 'configuration', file: from };
}

type StartOf<K extends Start['kind']> = Extract<Start, { kind: K }>;

const WRITE: { [K in Start['kind']]: (file: string, start: StartOf<K>) => Promise<string> } = {
  preset: (file, { adopts }) => writePreset(file, adopts),
  configuration: (file, start) => writeImported(file, start.file),
  nothing: writeEmpty,
};

async function writeEmpty(file: string): Promise<string> {
  const site = { id: 'site', provider: 'The site itself', purpose: 'necessary', origins: [] };
  const policy = { $schema: SCHEMA, revision: '1', services: [site] };
  await writeNew(file, `${JSON.stringify(policy, null, 2)}\n`);
  return `Wrote ${file}. It permits nobody but the site. See whom it needs: npx cookie-gatekeeper audit https://your.site/ --policy ${shellWord(file)} --out ${shellWord(file)}`;
}

async function writePreset(file: string, adopt: boolean): Promise<string> {
  const preset = await readFile(inPackage('dist', 'presets', 'opendatasoft.json'), 'utf8');
  const own = preset.replace('../policy.schema.json', SCHEMA);
  const text = adopt
    ? own.replace('"name": "cookies_preferences" }', '"name": "cookies_preferences", "adopt": true }')
    : own;
  await writeNew(file, text);
  return `Wrote ${file}. Remove the services that your portal does not use, and add those that it does.`;
}

async function writeImported(file: string, from: string): Promise<string> {
  const configuration = findConfiguration(await readText(from), from);
  const policy = importPolicy(configuration, await PartyDescriber.read());
  await writeNew(file, `${JSON.stringify(policy, null, 2)}\n`);
  // What is wrong in it is told with its place, and the file stays to be corrected.
  await readPolicy(file);
  const services = policy.services.length - 1;
  const open = policy.services.filter(({ review }) => review !== undefined).map(({ id }) => id);
  return `Wrote ${file}, with ${services === 1 ? 'one service' : `${services} services`} of the configuration of ${configuration.manager} in ${from}, and the site itself.
${skippedIn(from, configuration.skipped)}To be reviewed, as "review" in ${open.join(', ')} says. Delete it where it is done.
Its origins are those that each service is known by. See what the site asks for besides, before anything is installed there:
npx cookie-gatekeeper preview https://your.site/ --policy ${shellWord(file)}`;
}

/** The script is not run, and nobody is to think that all of it was read. */
function skippedIn(from: string, skipped: readonly Skipped[]): string {
  const lines = skipped.map(({ line, path, what }) => `  line ${line}: ${path}: ${what}\n`).join('');
  return lines && `Left out of ${from}, since only running it would tell what it is:\n${lines}`;
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      error.code === 'EEXIST'
        ? `${file} exists already, and is kept. Choose another name, or delete it first.`
        : `${file} could not be written: ${whyNot(error, file)}`,
    );
  });
}

function whyNot({ code, message }: NodeJS.ErrnoException, file: string): string {
  const other = `npx cookie-gatekeeper init ${shellWord(basename(file))}`;
  if (code === 'ENOENT') return `there is no folder ${dirname(file)}. Make it first, or name another: ${other}`;
  if (code === 'ENOTDIR') return `${dirname(file)} is no folder. Name another: ${other}`;
  return `${message}. Name another: ${other}`;
}
