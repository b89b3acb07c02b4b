import { parsePolicy } from '../../policy/parse-policy';
import type { Policy } from '../../policy/schema';
import { build as buildFiles, THEMES, type BuildOptions } from '../build';
import { checkWord } from '../check-word';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../command-error';
import { contradicted } from '../exemption';
import { LOCK_FORMATS } from '../lock-line';
import { neverDeleted } from '../never-deleted';
import { readPolicyText } from '../read-policy';
import { tellError } from '../tell-error';
import { changesOf } from '../watch-file';
import { shellWord } from '../shell-word';

/** What is to be sent, by the way in which the documents get their lock. */
const SENT: Record<Policy['lock'], (file: string) => string> = {
  header: () => "Send the lock with every document, and the worker's own with gatekeeper-sw.js.",
  meta: (file) =>
    `Put the lock into every page, first in <head>: npx cookie-gatekeeper lock ${shellWord(file)}\nSend gatekeeper-sw.js with its own.`,
  tag: () =>
    'Documents go without the lock: the policy says "lock": "tag". Send gatekeeper-sw.js with its own.\nThe files may be on any host, then with crossorigin on the tag, and sent with "Access-Control-Allow-Origin: *"; only gatekeeper-sw.js, without which pages are guarded less, has to be on the site\'s own.',
};

/** Why files cannot be put somewhere, where it is no folder. */
const NO_FOLDER: Record<string, string> = { EEXIST: 'it is a file', ENOTDIR: 'it is below a file' };

export const build = defineCommand({
  summary: 'writes gatekeeper.js, gatekeeper-sw.js and what they load when it is needed, with the policy inside',
  example: 'policy.json --out public/',
  arguments: ['policy file'],
  options: {
    out: { value: 'public/', short: 'o', says: 'the folder to write them to' },
    base: { value: '/static/', says: 'where they are served from, if gatekeeper.js becomes part of another script' },
    'worker-url': { value: '/gatekeeper-sw.js', says: 'where the worker is, if not with the others' },
    interface: {
      value: THEMES.join('|'),
      says: 'also gatekeeper-interface.js, which asks the visitor, and gatekeeper-preferences.js',
    },
    languages: { value: 'fr,en', says: 'what it speaks' },
    watch: { short: 'w', says: 'builds again whenever the policy file has changed, until Ctrl-C' },
  },
  async run([file], { out, interface: theme, languages, base, 'worker-url': workerUrl, watch }) {
    if (out === undefined)
      throw new UsageError(
        `say where to write the files: npx cookie-gatekeeper build ${shellWord(file)} --out public/`,
      );
    if (theme === undefined && languages !== undefined)
      throw new UsageError('--languages are those of the interface: add --interface own, or leave them out.');
    const themeName = theme === undefined ? undefined : checkWord('interface', theme, THEMES);
    const options = {
      out,
      file,
      interface: themeName,
      languages: languages?.split(',').map((language) => language.trim()),
      base,
      workerUrl,
    };
    const text = await readPolicyText(file);
    const words = await buildAll(JSON.parse(text), options);
    if (watch) void buildAgain(text, options);
    return { words };
  },
});

type Options = BuildOptions & { file: string };

/** @returns what to do with the files */
async function buildAll(policy: unknown, options: Options): Promise<string> {
  const { out, file } = options;
  const { files, lock, version, notStated } = await buildFiles(policy, options).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.syscall
        ? new CommandError(
            `${out} could not be written to: ${NO_FOLDER[error.code ?? ''] ?? error.message}. Name a folder: --out public/`,
          )
        : error;
    },
  );
  const lines = `npx cookie-gatekeeper lock ${shellWord(file)} --format ${LOCK_FORMATS.filter((format) => !/header|meta/.test(format)).join('|')}`;
  const parsed = parsePolicy(policy, file);
  const sent =
    lock === ''
      ? 'Send no lock: the policy says "wall": "off".'
      : `${parsed.mode === 'report' ? sentToReport(parsed) : SENT[parsed.lock](file)} All lines for your server:\n${lines}`;
  return `Wrote ${files.join(', ')}.
Serve them from the site's root, and put <script src="/gatekeeper.js"></script> first in <head>. Pages do not wait for it
where browsers may keep it: under "/gatekeeper.js?v=${version}", which is another address after each build that changes it.
${sent}
${missing(file, notStated)}${notExempt(file, parsed)}${kept(file, parsed)}Then see whether all is as it should be: npx cookie-gatekeeper check ${shellWord(file)} https://your.site/${toReview(parsed)}`;
}

/** Builds whenever the policy file has changed. A mistake in it is told, and the files stay. */
async function buildAgain(built: string, options: Options): Promise<void> {
  let text = built;
  for await (const _ of changesOf(options.file)) {
    const before = text;
    try {
      text = await readPolicyText(options.file);
      if (text === before) continue;
      await buildAll(JSON.parse(text), options);
      console.error(`${options.file} has changed: wrote ${options.out} again.`);
    } catch (error) {
      tellError(error);
      // It could not even be read: also what it was before is news then.
      if (text === before) text = '';
    }
  }
}

/** What a visitor should be able to read, and the policy does not say. */
function missing(file: string, notStated: readonly string[]): string {
  return listed(`Not stated in ${file}, so visitors cannot read it:`, notStated);
}

/** What is permitted without consent, and by what the policy says may not be. */
function notExempt(file: string, policy: Policy): string {
  return listed(
    'Without consent ("anonymised": true), though the CNIL\'s conditions are not met:',
    contradicted(policy),
    `Ask for consent to it, or change it. All conditions: npx cookie-gatekeeper policy ${shellWord(file)} --exemption\n`,
  );
}

/** Names that are also those of the gatekeeper's own. */
function kept(file: string, policy: Policy): string {
  return listed(
    `Names in ${file} that are also for what cookie-gatekeeper keeps itself, the choices, and no refusal deletes:`,
    neverDeleted(policy),
    "Write more of the names, so that they are for the service's alone.\n",
  );
}

/** Nothing, where there is nothing to list. */
function listed(what: string, lines: readonly string[], advice = ''): string {
  return lines.length > 0 ? `${what}\n${lines.map((line) => `  ${line}\n`).join('')}${advice}` : '';
}

/** What is sent where nothing is refused yet. */
function sentToReport({ lock }: Policy): string {
  const only = 'The policy says "mode": "report": nothing is refused, and what would have been is listed.\n';
  return lock === 'header'
    ? `${only}Send the lock with every document, as Content-Security-Policy-Report-Only.`
    : `${only}Put no lock into the pages: a <meta> cannot only report.`;
}

/** What an audit could not tell, and nobody has decided since. */
function toReview({ services }: Policy): string {
  const open = services.filter(({ review }) => review !== undefined).map(({ id }) => id);
  return open.length > 0
    ? `\nStill to be reviewed, as "review" in ${open.join(', ')} says. Delete it where it is done.`
    : '';
}
