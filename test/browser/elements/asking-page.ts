import type { ThemeName } from '../../../src/cli/build';
import type { StartVisit, Visit, VisitOptions } from '../harness';
import type { Tab } from '../tab';

export const THEMES: ThemeName[] = ['own', 'dsfr'];

/** A page of the site with the controls that any page may place. */
export const PAGE = '/page';

const HEAD: Record<ThemeName, string> = { own: '', dsfr: '<link rel="stylesheet" href="/dsfr/dsfr.min.css">' };
const CONTROLS = `
  <button id="manage" data-cookie-preferences>Manage my cookies</button>
  <button id="withdraw" data-cookie-preferences="withdraw">Withdraw my consent</button>`;

/** Starts a portal with an interface, and the page with some more content. */
export async function startAsking(
  start: StartVisit,
  theme: ThemeName,
  { content = '', head = '', ...options }: VisitOptions & { content?: string; head?: string } = {},
): Promise<Visit> {
  const visit = await start({ interface: theme, ...options });
  visit.example.page(PAGE, {
    head: `<meta name="viewport" content="width=device-width, initial-scale=1">${HEAD[theme]}${head}`,
    body: `<main class="fr-container"><h1>A page</h1><a id="link" href="#there">A link</a>${content}</main><footer>${CONTROLS}</footer>`,
  });
  return visit;
}

/** Waits for the banner, and tells what its buttons say. */
export async function banner({ page }: Tab): Promise<string[]> {
  await page.waitForSelector('cookie-banner button');
  return page.$$eval('cookie-banner button', (buttons) => buttons.map(({ textContent }) => textContent));
}

/** Clicks the button with this name, as a visitor would. */
export async function press({ page }: Tab, text: string, within = ':root'): Promise<void> {
  const buttons = await page.$$(`${within} button`);
  for (const button of buttons) {
    if ((await button.evaluate(({ ariaLabel, textContent }) => ariaLabel ?? textContent)) === text)
      return button.click();
  }
  throw new Error(`There is no button “${text}” in ${within}.`);
}

/** Clicks one of the page's own controls, scrolled out from under the banner. */
export async function clickControl({ page }: Tab, id: 'manage' | 'withdraw'): Promise<void> {
  await page.$eval(`#${id}`, (control) => control.scrollIntoView({ block: 'start' }));
  await page.click(`#${id}`);
}

export async function openPreferences(tab: Tab): Promise<void> {
  await clickControl(tab, 'manage');
  await tab.page.waitForSelector('dialog[open] input');
}

/** Unfolds all that can be unfolded in the preferences, in the page or in the dialog. */
export async function unfoldAll({ page }: Tab): Promise<void> {
  await page.$$eval('cookie-preferences :is(details:not([open]) > summary, [aria-expanded=false])', (folds) =>
    folds.forEach((fold) => (fold as HTMLElement).click()),
  );
  await page.waitForFunction(() => !document.querySelector('.fr-collapsing'));
}

/** What the preferences say now: for each control, by its name, the value that is checked. */
export function preferences({ page }: Tab): Promise<Record<string, string[]>> {
  return page.$$eval('dialog input', (inputs) => {
    const checked: Record<string, string[]> = {};
    for (const input of inputs) (checked[input.name] ??= []).push(...(input.checked ? [input.value] : []));
    return checked;
  });
}

/** Answers for a service or a purpose in the preferences. */
export async function choose({ page }: Tab, name: string, choice: boolean): Promise<void> {
  await page.$$eval(
    'dialog input',
    (inputs, name, choice) => {
      const [first, second] = inputs.filter((input) => input.name === name);
      const input = second && second.value === String(choice) ? second : first!;
      if (input.checked !== (input.value === String(choice))) input.click();
    },
    name,
    choice,
  );
}

/** Presses a button as soon as it is there. */
export async function pressIn(tab: Tab, text: string, within: string): Promise<void> {
  await tab.page.waitForFunction(
    (within, text) =>
      [...document.querySelectorAll(`${within} button`)].some(
        ({ ariaLabel, textContent }) => (ariaLabel ?? textContent) === text,
      ),
    {},
    within,
    text,
  );
  await press(tab, text, within);
}
