import { element, paragraphs, setAttributes } from './element';
import { wordsFor, type Interface } from './interface';
import { policyColumns, policySections, type PolicyRow } from './policy-rows';

/** `<cookie-policy>`: every service and its cookies, by purpose, in the place of what stands in it. */
export function connectPolicy(ui: Interface, host: HTMLElement): () => void {
  const words = wordsFor(ui);
  const head = policyColumns(words);
  const cells = ({ provider, location, cookie, instead, purpose, lifetime }: PolicyRow) => [
    new Text(provider),
    new Text(location),
    cookie ? element('code', {}, cookie) : new Text(instead),
    new Text(purpose),
    new Text(lifetime),
  ];
  const sections = policySections(ui.policy, words).flatMap(({ title, text, rows }) => [
    ...paragraphs(text),
    ui.theme.table({ caption: title, head, rows: rows.map(cells) }),
  ]);
  setAttributes(host, words.attributes);
  host.replaceChildren(...sections);
  return () => {};
}
