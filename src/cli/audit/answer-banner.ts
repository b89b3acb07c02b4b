import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Frame, Page } from 'puppeteer';
import { pressButton } from './page-scripts';

export type Answer = 'refuse' | 'accept';

/** What buttons say, at least in the languages that the interface speaks. Whole texts: "Accept and subscribe" is another thing. */
export const WORDS: Readonly<Record<Answer, string>> = {
  accept:
    "^(tout accepter|accepter( tout| et fermer| les cookies| tous les cookies)?|j['’]accepte|accept( all)?( cookies)?|allow all( cookies)?|i (accept|agree)|agree|alle (cookies )?(akzeptieren|accepteren)|akzeptieren|accepteren|aceptar( todo| todas)?|accetta( tutti)?|accetto|aceitar( tudo| todos)?)$",
  refuse:
    '^(tout refuser|refuser( tout| les cookies)?|(continuer )?sans accepter.*|continuer sans accepter|je refuse|interdire tous les cookies|(reject|refuse|decline|deny)( all)?( cookies)?|only necessary( cookies)?|alle ablehnen|ablehnen|(alles )?weigeren|rechazar( todo| todas)?|rifiuta( tutti)?|rejeitar( tudo)?|recusar)$',
};

/** What a page of the site has been told by. */
type AnsweredBy = string | undefined;

const MOST_MS = 8_000;

/**
 * Answers the banner that the site has: by cookie-gatekeeper's own API, by DuckDuckGo's autoconsent, which knows hundreds of
 * them, or by the button that says so.
 * @returns what was answered by, or undefined where nothing was found
 */
export async function answerBanner(page: Page, answer: Answer): Promise<AnsweredBy> {
  return (await byGatekeeper(page, answer)) ?? (await byAutoconsent(page, answer)) ?? (await byButton(page, answer));
}

async function byGatekeeper(page: Page, answer: Answer): Promise<AnsweredBy> {
  const method = answer === 'accept' ? 'acceptAll' : 'refuseAll';
  const found = await page.evaluate((name) => {
    const { gatekeeper } = window as unknown as { gatekeeper?: Record<string, unknown> };
    if (typeof gatekeeper?.[name] !== 'function') return false;
    // What is granted may load the page again: nobody waits for it here.
    void (gatekeeper[name] as () => Promise<unknown>)();
    return true;
  }, method);
  return found ? 'cookie-gatekeeper' : undefined;
}

async function byAutoconsent(page: Page, answer: Answer): Promise<AnsweredBy> {
  const autoconsent = await readAutoconsent();
  if (!autoconsent) return undefined;
  const results = await Promise.all(page.frames().map((frame) => inFrame(frame, answer, autoconsent)));
  return results.find(Boolean);
}

interface Autoconsent {
  script: string;
  rulesFor(url: string, mainFrame: boolean): unknown;
}

/** The script that it offers to browsers' automation, and its rules; undefined where it is not installed. */
async function readAutoconsent(): Promise<Autoconsent | undefined> {
  try {
    const { filterCompactRules } = await import('@duckduckgo/autoconsent');
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve('@duckduckgo/autoconsent'));
    const script = await readFile(join(folder, 'autoconsent.playwright.js'), 'utf8');
    const rules = JSON.parse(
      await readFile(require.resolve('@duckduckgo/autoconsent/rules/compact-rules.json'), 'utf8'),
    ) as Parameters<typeof filterCompactRules>[0];
    return { script, rulesFor: (url, mainFrame) => filterCompactRules(rules, { url, mainFrame }) };
  } catch {
    return undefined;
  }
}

async function inFrame(frame: Frame, answer: Answer, { script, rulesFor }: Autoconsent): Promise<AnsweredBy> {
  const isMain = frame.parentFrame() === null;
  try {
    await frame.evaluate(prepareMessages);
    await frame.evaluate(script);
    const answered = await frame.evaluate(
      runAutoconsent,
      { compact: rulesFor(frame.url(), isMain), autoconsent: [] },
      answer === 'accept' ? 'optIn' : 'optOut',
      MOST_MS,
    );
    return answered ?? undefined;
  } catch {
    // The frame is gone, or closed to scripts: what it had to say was not for us.
    return undefined;
  }
}

interface AutoconsentWindow {
  autoconsentSendMessage?(message: AutoconsentMessage): Promise<void>;
  autoconsentReceiveMessage?(message: object): Promise<void>;
  autoconsentMessages?: AutoconsentMessage[];
}

interface AutoconsentMessage {
  type: string;
  cmp?: string;
  result?: boolean;
  state?: { lifecycle: string };
}

function prepareMessages(): void {
  const scope = window as AutoconsentWindow;
  scope.autoconsentMessages = [];
  scope.autoconsentSendMessage = async (message) => void scope.autoconsentMessages!.push(message);
}

async function runAutoconsent(rules: object, autoAction: string, mostMs: number): Promise<string | null> {
  const scope = window as AutoconsentWindow;
  await scope.autoconsentReceiveMessage!({
    type: 'initResp',
    rules,
    config: {
      autoAction,
      isMainWorld: true,
      detectRetries: 1,
      enablePrehide: false,
      // Hiding a banner is no answer.
      enableCosmeticRules: false,
      heuristicMode: autoAction === 'optOut' ? 'reject' : 'off',
    },
  });
  const end = Date.now() + mostMs;
  while (Date.now() < end) {
    const messages = scope.autoconsentMessages!;
    const result = messages.find(({ type }) => type === `${autoAction}Result`);
    if (result) return result.result ? `autoconsent: ${result.cmp}` : null;
    if (messages.some(({ state }) => state?.lifecycle === 'nothingDetected')) return null;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return null;
}

async function byButton(page: Page, answer: Answer): Promise<AnsweredBy> {
  for (const frame of page.frames()) {
    const text = await frame.evaluate(pressButton, WORDS[answer]).catch(() => undefined);
    if (text) return `the button “${text}”`;
  }
  return undefined;
}
