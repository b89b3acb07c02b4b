import { element, paragraphs, setAttributes } from './element';
import { wordsFor } from './interface';
import { policyColumns, policySections, processingColumns, type PolicyRow, type ProcessingRow } from './policy-rows';
import { factNode } from './service-facts';
import type { WholeInterface } from './start-preferences';

/** `<cookie-policy>`: every service and its cookies, by purpose, in the place of what stands in it. */
export function connectPolicy(ui: WholeInterface, host: HTMLElement): () => void {
  const words = wordsFor(ui);
  const { say } = words;
  const head = policyColumns(words);
  const cells = ({ provider, location, cookie, instead, purpose, lifetime }: PolicyRow) => [
    new Text(provider),
    new Text(location),
    cookie ? element('code', {}, cookie) : new Text(instead),
    new Text(purpose),
    new Text(lifetime),
  ];
  const processingCells = ({ provider, facts }: ProcessingRow) => [
    new Text(provider),
    ...facts.map(({ key, fact }) => (fact ? factNode(key, fact) : new Text(say('notStated')))),
  ];
  const processingTable = (title: string, rows: ProcessingRow[]) =>
    ui.theme.table({
      caption: `${title} – ${say('factsTitle')}`,
      head: processingColumns(ui.policy, words),
      rows: rows.map(processingCells),
    });
  const sections = policySections(ui.policy, words).flatMap(({ title, text, rows, processing }) => [
    ...paragraphs(text),
    ui.theme.table({ caption: title, head, rows: rows.map(cells) }),
    ...(processing.length > 0 ? [processingTable(title, processing)] : []),
  ]);
  setAttributes(host, words.attributes);
  host.replaceChildren(...sections);
  return () => {};
}
