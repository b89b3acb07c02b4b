import { element } from './element';
import { FACTS, type FactKey, type ShownService } from './shown-policy';
import type { Words } from './words';

/** What is stated about a service’s cookies, and about the processing of data. */
export function serviceFacts({ text, say }: Words, service: ShownService): HTMLElement[] {
  const { cookies = [] } = service;
  const cookieList = cookies.map((cookie) => {
    const facts = [text(cookie.purpose), text(cookie.lifetime)].filter(Boolean).join(', ');
    return element('li', {}, element('code', {}, cookie.name), facts && ` – ${facts}`);
  });
  const facts = (Object.keys(FACTS) as FactKey[])
    .map((key) => [key, text(service[key])] as const)
    .filter(([, fact]) => fact)
    .map(([key, fact]) => element('li', {}, `${say(FACTS[key])} – `, factNode(key, fact)));
  return [...facts, ...cookieList].length > 0 ? [element('ul', {}, ...facts, ...cookieList)] : [];
}

/** One thing that is stated, as it is shown: an address as a link. */
export function factNode(key: FactKey, fact: string): Node {
  if (key !== 'privacyUrl') return new Text(fact);
  return element('a', { href: fact, target: '_blank', rel: 'noreferrer' }, fact.replace(/^https?:\/\//, ''));
}
