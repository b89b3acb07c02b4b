import { readFile, writeFile } from 'node:fs/promises';
import { defineCommand } from '../command';
import { CommandError } from '../command-error';
import { inPackage } from '../package-folder';

export const init = defineCommand({
  summary: 'writes a policy for an Opendatasoft portal, to start from',
  example: 'policy.json',
  arguments: ['policy file'],
  options: { adopt: { says: 'one that takes over what visitors choose in the platform’s own banner' } },
  async run([file], { adopt }) {
    const preset = await readFile(inPackage('dist', 'presets', 'opendatasoft.json'), 'utf8');
    const own = preset.replace('../policy.schema.json', './node_modules/cookie-gatekeeper/dist/policy.schema.json');
    const text = adopt
      ? own.replace('"name": "cookies_preferences" }', '"name": "cookies_preferences", "adopt": true }')
      : own;
    await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(
        error.code === 'EEXIST'
          ? `${file} exists already, and is kept. Choose another name, or delete it first.`
          : error.message,
      );
    });
    return `Wrote ${file}. Remove the services that your portal does not use, and add those that it does.`;
  },
});
