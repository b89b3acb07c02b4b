import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Frame, Page } from 'puppeteer';
import { without } from './choose-banner';
import { callGatekeeper } from './in-page/page-scripts';
import { readChoices } from './in-page/read-choices';
import { prepareMessages, runAutoconsent } from './in-page/run-autoconsent';

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
const GUESSED = /heuristic/i;
/** How long a banner may take to go. */
const GO_MS = 500;
const MOST_PRESSED = 5;

/**
 * Answers the banner that the site has: by cookie-gatekeeper's own API, by DuckDuckGo's autoconsent, which knows hundreds of
 * them, or by the button that says so.
 * @returns what was answered by, or undefined where nothing was found
 */
export async function answerBanner(page: Page, answer: Answer): Promise<AnsweredBy> {
  const own = await byGatekeeper(page, answer);
  if (own) return own;
  const known = await byAutoconsent(page, answer);
  // Where it knows no banner it guesses, and may press a button that asks nobody: the right one is pressed then as well.
  return known && !GUESSED.test(known) ? known : ((await byButton(page, answer)) ?? known);
}

async function byGatekeeper(page: Page, answer: Answer): Promise<AnsweredBy> {
  const method = answer === 'accept' ? 'acceptAll' : 'refuseAll';
  const found = await page.evaluate(callGatekeeper, method);
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

async function byButton(page: Page, answer: Answer): Promise<AnsweredBy> {
  for (const frame of page.frames()) {
    const text = await pressIn(frame, answer).catch(() => undefined);
    if (text) return `the button “${text}”`;
  }
  return undefined;
}

/**
 * Presses one button after the other until anything goes with it, as a banner does; the site may have others that look alike.
 * @returns what was on the last; undefined where there was none
 */
async function pressIn(frame: Frame, answer: Answer): Promise<string | undefined> {
  const read = (press?: Parameters<typeof readChoices>[2]) =>
    frame.evaluate(readChoices, WORDS.accept, WORDS.refuse, press);
  let last: string | undefined;
  for (let nth = 0; nth < MOST_PRESSED; nth++) {
    const { pressed, choices } = await read({ answer, nth });
    if (pressed === undefined) break;
    last = pressed;
    await pause(GO_MS);
    // Where the page is loaded again, something was answered.
    const after = await read().catch(() => undefined);
    if (!after || without(choices, after.choices).length > 0) break;
  }
  return last;
}
