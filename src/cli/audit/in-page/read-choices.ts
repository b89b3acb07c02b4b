import type { ButtonLook, Choice, PageLook } from '../observation';

/**
 * Which answers a page offers, where, and how they look, and what else the law wants to see on a page. Where `press` is given,
 * that answer is pressed after it was looked at, of the choice that has this place among those with such an answer: those that are most like a
 * banner come first.
 */
export function readChoices(
  acceptWords: string,
  refuseWords: string,
  press?: { answer: 'accept' | 'refuse'; nth: number },
): PageLook {
  const rootsIn = (root: ParentNode): ParentNode[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? rootsIn(shadowRoot) : [])),
  ];
  const shown = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 0;
  const buttons = rootsIn(document)
    .flatMap((root) => [
      ...root.querySelectorAll<HTMLElement>('button, a, [role=button], input[type=button], input[type=submit]'),
    ])
    .filter(shown);
  const textOf = (button: HTMLElement) =>
    (button instanceof HTMLInputElement ? button.value : button.innerText).trim().replace(/\s+/g, ' ');
  const answers = {
    accept: buttons.filter((button) => new RegExp(acceptWords, 'i').test(textOf(button))),
    refuse: buttons.filter((button) => new RegExp(refuseWords, 'i').test(textOf(button))),
  };

  /** What is around an element, from the inside, out of shadow roots too. */
  const around = (element: Element): Element[] => {
    const root = element.getRootNode();
    const parent = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    return parent ? [parent, ...around(parent)] : [];
  };
  const isIn = (place: Element) => (button: Element) => around(button).includes(place);
  const hasBoth = (place: Element) => answers.accept.some(isIn(place)) && answers.refuse.some(isIn(place));
  const isOwn = (place: Element) => place.localName === 'cookie-banner' && 'gatekeeper' in window;
  const isOver = (place: Element) =>
    isOwn(place) ||
    place.matches('dialog, [role=dialog], [role=alertdialog]') ||
    /fixed|sticky/.test(getComputedStyle(place).position);
  const placeOf = (button: Element): Element => {
    const places = around(button);
    const over = places.filter(isOver);
    return over.find(hasBoth) ?? over[0] ?? places.find(hasBoth) ?? places[0]!;
  };
  /** Some banners are pushed out of the window when they are answered. */
  const isInWindow = (place: Element, button: Element) => {
    const { top, bottom, left, right } = (isOwn(place) ? button : place).getBoundingClientRect();
    return bottom > 0 && right > 0 && top < window.innerHeight && left < window.innerWidth;
  };
  const kindOf = (place: Element): Choice['kind'] => {
    if ([place, ...around(place)].some(isOwn)) return 'own';
    return isOver(place) ? 'over' : 'page';
  };
  const look = (button: HTMLElement | undefined): ButtonLook | undefined => {
    if (!button) return undefined;
    const { width, height } = button.getBoundingClientRect();
    return { text: textOf(button), area: width * height, fontSize: parseFloat(getComputedStyle(button).fontSize) };
  };

  const all = [...answers.accept, ...answers.refuse];
  const places = [...new Set(all.map(placeOf))].filter(
    (place) => kindOf(place) === 'page' || all.filter(isIn(place)).some((button) => isInWindow(place, button)),
  );
  const found = places.map((place) => ({
    place: [place, ...around(place)].map(({ localName, id }) => (id ? `${localName}#${id}` : localName)).join(' < '),
    kind: kindOf(place),
    accept: answers.accept.find((button) => placeOf(button) === place),
    refuse: answers.refuse.find((button) => placeOf(button) === place),
  }));
  const rank = ['own', 'over', 'page'];
  found.sort((one, other) => rank.indexOf(one.kind) - rank.indexOf(other.kind));
  const target = press && found.flatMap((choice) => choice[press.answer] ?? [])[press.nth];
  const pressed = target && textOf(target);
  const text = document.body?.innerText ?? '';
  const seen: PageLook = {
    choices: found.map((choice) => ({ ...choice, accept: look(choice.accept), refuse: look(choice.refuse) })),
    pressed,
    wayBack: buttons.some((button) => /cookie|consent|vie priv[ée]e|privacy/i.test(textOf(button))),
    certified:
      /(certifi|approuv|agr[ée]{2}|homologu)\w*\s+(par\s+la\s+|by\s+(the\s+)?)?cnil|cnil[- ](certifi|approved)/i.test(
        text,
      ),
  };
  target?.click();
  return seen;
}
