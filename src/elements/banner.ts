import { builtIn } from '../dom/built-in';
import { element, setAttributes, uniqueId } from './element';
import { adoptStyles, keepStyled } from './adopt-styles';
import { asksByBanner } from './asks-by-banner';
import { withErrorNotice } from './with-error-notice';
import { shownTo, wordsFor, type Interface } from './interface';
import { siteName } from './site-name';
import { purposesOf } from './shown-policy';
import type { Action, BannerContent } from './theme';

/** `<cookie-banner>`: asks, and is empty when there is nothing to ask. */
export function connectBanner(ui: Interface, host: HTMLElement): () => void {
  const { gatekeeper } = ui;
  const notice = notices.get(host);
  if (notice) notice();
  // A page that was kept as it was comes back with a copy, whose buttons do nothing, and maybe nobody is asked any more.
  else if (host.hasChildNodes()) clear(host);
  let asked = '';
  const giveBack = () => focusedBefore.get(host)?.focus();
  const update = () => {
    const { state, toAsk } = gatekeeper.consent;
    const ask = toAsk.length > 0 && asksByBanner(ui.policy) ? `${state} ${toAsk}` : '';
    if (ask === asked) return;
    asked = ask;
    const hadFocus = host.contains(builtIn(document).activeElement);
    // In another language, the button that was pressed is another one.
    const toLastButton = () => {
      const last = [...host.querySelectorAll('button')].at(-1);
      if (last) last.focus();
      else giveBack();
    };
    if (ask) showBanner(ui, host, 'region', bannerContent(ui, toLastButton));
    else clear(host);
    if (hadFocus) giveBack();
  };
  const remember = ({ relatedTarget }: FocusEvent) => {
    if (!host.contains(relatedTarget as Node | null)) focusedBefore.set(host, relatedTarget as HTMLElement | null);
  };
  host.addEventListener('focusin', remember);
  gatekeeper.addEventListener('consentchange', update);
  void gatekeeper.readyToAsk.then(update);
  return () => {
    host.removeEventListener('focusin', remember);
    gatekeeper.removeEventListener('consentchange', update);
  };
}

/** What had the focus before what is in a banner. */
const focusedBefore = new WeakMap<HTMLElement, HTMLElement | null>();

/** The banner’s place, for what is said there beside the question: see `notice.ts`. */
export interface BannerPlace {
  /**
   * Shows a notice until it is cleared. Screen readers say it at once.
   * @param notice makes it, in the language of then
   */
  show(notice: () => BannerContent): void;
  clear(): void;
  /** Gives the focus back to what had it before what is in the banner. */
  giveFocusBack(): void;
}

export function bannerPlace(ui: Interface): BannerPlace {
  const host = bannerOf();
  return {
    show(notice) {
      const show = () => {
        showBanner(ui, host, 'alert', notice());
        notices.set(host, show);
      };
      show();
    },
    clear: () => clear(host),
    giveFocusBack: () => focusedBefore.get(host)?.focus({ preventScroll: true }),
  };
}

/** What shows again, in a language that has become another, what a banner says has happened. */
const notices = new WeakMap<HTMLElement, () => void>();

/**
 * The page’s banner, which is made when there is none: before the body, so that it is also first to read and to reach. There,
 * no rule about what is in a body counts it, no filter of the body’s holds it, and it stays when the body’s content goes.
 */
export function bannerOf(): HTMLElement {
  const existing = builtIn(document).querySelector<HTMLElement>('cookie-banner');
  if (existing) return existing;
  const banner = element('cookie-banner');
  banner.style.position = 'absolute';
  builtIn(document).body.before(banner);
  return banner;
}

/** What sites say of all that is in their body. */
const INHERITED = [
  ...['color', 'color-scheme', 'font-family', 'font-size', 'line-height', 'overflow-wrap', 'text-rendering'],
  ...['accent', 'on-accent', 'ink', 'ground', 'font', 'radius', 'scheme'].map((name) => `--cookie-gatekeeper-${name}`),
];

/** A banner beside the body looks as it would in it. */
export function inheritFromBody(host = builtIn(document).querySelector<HTMLElement>('cookie-banner')): void {
  if (!host?.firstChild || host.nextElementSibling !== builtIn(document).body) return;
  const [body, root] = [builtIn(document).body, builtIn(document).documentElement].map((element) =>
    getComputedStyle(element),
  );
  for (const name of INHERITED) {
    const value = body!.getPropertyValue(name);
    host.style.setProperty(name, value === root!.getPropertyValue(name) ? '' : value);
  }
}

function showBanner(ui: Interface, host: HTMLElement, role: 'region' | 'alert', content: BannerContent): void {
  const titleId = uniqueId();
  notices.delete(host);
  setAttributes(host, { role, 'aria-labelledby': titleId, ...wordsFor(ui).attributes });
  host.replaceChildren(ui.theme.banner({ titleId, ...content }));
  inheritFromBody(host);
  const box = host.firstElementChild as HTMLElement;
  keepStyled(box, () => {
    adoptStyles(ui.theme.styles);
    makeRoom(box);
  });
}

/** Not the style of the document's element: React, where it has rendered the document, would find that it has not made it. */
let room: CSSStyleSheet | undefined;

/** The banner lies over the end of the page: lets what is there be scrolled out from under it, also by the focus. */
function makeRoom(over?: HTMLElement): void {
  room ??= new CSSStyleSheet();
  // As far from the banner as that is from the window's edge.
  const size = over && `${over.offsetHeight + 2 * parseFloat(getComputedStyle(over).bottom)}px`;
  room.replaceSync(size ? `:root:not(#_){padding-block-end:${size};scroll-padding-block-end:${size}}` : '');
  if (!builtIn(document).adoptedStyleSheets.includes(room)) builtIn(document).adoptedStyleSheets.push(room);
}

function clear(host: HTMLElement): void {
  notices.delete(host);
  setAttributes(host, { role: false, 'aria-labelledby': false });
  host.replaceChildren();
  makeRoom();
}

/** More than these are counted: who they are is in the preferences. */
const MOST_NAMED = 3;

/** @param giveBack moves the focus to where it was before, when what was pressed here has gone */
function bannerContent(ui: Interface, giveBack: () => void): BannerContent {
  const words = wordsFor(ui);
  const { say, text } = words;
  const { state, toAsk } = ui.gatekeeper.consent;
  const services = ui.policy.services.filter(({ id }) => toAsk.includes(id));
  // Where only some services are asked about, the answer is for these.
  const partly = state === 'outdated';
  const answer = (choice: boolean): Action => ({
    label: say(`${choice ? 'accept' : 'refuse'}${partly ? '' : 'All'}`),
    kind: 'choice',
    act: (button) =>
      withErrorNotice(ui, rowOf(button), () => {
        ui.isInPlace = false;
        const shown = shownTo(ui, words);
        if (partly) return ui.gatekeeper.set(Object.fromEntries(toAsk.map((id) => [id, choice])), shown);
        return choice ? ui.gatekeeper.acceptAll(shown) : ui.gatekeeper.refuseAll(shown);
      }),
  });
  const customise: Action = {
    label: say('customise'),
    kind: 'other',
    act: (button) =>
      withErrorNotice(ui, rowOf(button), async () => (await ui.loadPreferences()).open(button, giveBack), 'notLoaded'),
  };
  const purposes = purposesOf(services).map(({ purpose, services }) => {
    const names = services.map(({ name }) => text(name));
    const named = names.length > MOST_NAMED ? names.slice(0, MOST_NAMED - 1) : names;
    const more = names.length > named.length && ` +${names.length - named.length}`;
    return element(
      'li',
      {},
      element('strong', {}, words.purpose(purpose).title),
      element('span', { class: 'cookie-gatekeeper-names' }, ` (${named.join(', ')}`, more, ')'),
    );
  });
  const url = say('policyUrl');
  const link = url && [' ', element('a', { href: url }, say('policyLink'))];
  return {
    title: say('bannerTitle', { site: siteName(ui, words) }),
    body: [element('p', {}, say(partly ? 'bannerNew' : 'bannerText'), ...(link || [])), element('ul', {}, ...purposes)],
    actions: [answer(true), answer(false), customise],
  };
}

/** What a button stands in, beside its like. */
function rowOf(button: HTMLElement): HTMLElement {
  return button.closest<HTMLElement>('ul,div')!;
}
