import { PartyDescriber } from '../audit/describe-party';
import { THEMES } from '../build';
import { checkWord } from '../check-word';
import { getPage } from '../check/get';
import { defineCommand } from '../command';
import { UsageError } from '../command-error';
import { startPreview } from '../preview/start-preview';
import type { PreviewedPolicy } from '../preview/previewed-policy';
import { readAddress } from '../read-address';
import { tellError } from '../tell-error';
import { changesOf } from '../watch-file';
import { shellWord } from '../shell-word';

const PORT = 8088;
const LAST_PORT = 65535;

export const preview = defineCommand({
  summary:
    'shows a site guarded, on this machine only and without a change of it; what was refused is listed, and goes into the policy by a button',
  example: 'https://site.example/ --policy policy.json',
  arguments: ['address of a page'],
  options: {
    policy: { value: 'policy.json', short: 'p', says: 'the policy, which the preview also writes' },
    port: { value: String(PORT), says: `where it is served; ${PORT} without it` },
    interface: { value: THEMES.join('|'), says: 'what asks the visitor; own without it' },
  },
  async run([address], { policy: file, port: given, interface: theme }) {
    const asked = readAddress(address);
    if (file === undefined)
      throw new UsageError(
        `say which policy guards it: npx cookie-gatekeeper preview ${shellWord(address)} --policy policy.json. Where there is none yet, audit or init writes one.`,
      );
    const port = readPort(given);
    const themeName = checkWord('interface', theme ?? 'own', THEMES);
    // Where the site has another name for itself, that is the one to look at.
    const { url } = await getPage(asked);
    const describer = await PartyDescriber.read();
    const policy = await startPreview({ portal: url, file, theme: themeName, port, describer, say: console.error });
    void heedChanges(policy);
    return `${url.origin} is guarded at http://localhost:${port}${url.pathname}${url.search}
Nobody but this machine sees it. What you add in its panel is written into ${file}; what you write there is shown when the page is loaded again.
Visit it in a private window: choices and the worker stay in the browser. Ctrl-C ends it.`;
  },
});

async function heedChanges(policy: PreviewedPolicy): Promise<void> {
  for await (const _ of changesOf(policy.file))
    await policy.readAgain().then((hasChanged) => {
      if (hasChanged) console.error(`${policy.file} has changed, and guards the next page that is loaded.`);
    }, tellError);
}

function readPort(text: string | undefined): number {
  if (text === undefined) return PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > LAST_PORT)
    throw new UsageError(`--port: "${text}" is no port. Write one from 1 to ${LAST_PORT}, such as --port 9080`);
  return port;
}
