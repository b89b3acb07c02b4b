import {
  policyColumns,
  policySections,
  processingColumns,
  type PolicyRow,
  type ProcessingRow,
} from '../elements/policy-rows';
import { shownPolicy } from '../elements/shown-policy';
import { directionOf, wordsIn, type Words } from '../elements/words';
import { PURPOSES } from '../compiled-policy/literals';
import { parsePolicy } from '../policy/parse-policy';
import { pageTexts } from './interface-languages';

/** How the policy page can be written. */
export const PAGE_FORMATS = ['html', 'markdown'] as const;
export type PageFormat = (typeof PAGE_FORMATS)[number];

export interface PageOptions {
  format?: PageFormat;
  /** A language that the package or the policy has texts in, such as `fr`. */
  language?: string;
  /** Names the policy in errors. */
  file?: string;
}

/** The parts that both formats put together. */
interface Markup {
  heading(level: number, text: string): string;
  paragraph(text: string): string;
  list(items: string[]): string;
  table(head: string[], rows: string[][]): string;
  text(text: string): string;
  code(text: string): string;
  link(address: string): string;
  page(blocks: string[], language: string): string;
}

/**
 * The cookies policy as a page that needs no script: what cookies are, their kinds, and a table of every service.
 * @param policy what was read from the policy file
 * @throws {PolicyError} when the policy has mistakes
 * @throws {UnknownLanguageError} when there are no texts in the language
 */
export function policyPage(policy: unknown, { format = 'html', language = 'en', file }: PageOptions = {}): string {
  const parsed = parsePolicy(policy, file);
  const words = wordsIn(pageTexts(parsed, [language]), language);
  const shown = shownPolicy(parsed, [language]);
  const { say } = words;
  const { heading, paragraph, list, table, text, code, link, page } = format === 'html' ? html : markdown;
  const cells = ({ provider, location, cookie, instead, purpose, lifetime }: PolicyRow) => [
    text(provider),
    text(location),
    cookie ? code(cookie) : text(instead),
    text(purpose),
    text(lifetime),
  ];
  const head = policyColumns(words).map(text);
  const processingCells = ({ provider, facts }: ProcessingRow) => [
    text(provider),
    ...facts.map(({ key, fact }) => (fact && key === 'privacyUrl' ? link(fact) : text(fact ?? say('notStated')))),
  ];
  const processingTable = (rows: ProcessingRow[]) => [
    heading(4, text(say('factsTitle'))),
    table(processingColumns(shown, words).map(text), rows.map(processingCells)),
  ];
  const sections = policySections(shown, words).flatMap(({ purpose, title, rows, processing }) => [
    heading(3, text(purpose === 'necessary' ? say('pageNecessary') : title)),
    table(head, rows.map(cells)),
    ...(processing.length > 0 ? processingTable(processing) : []),
  ]);
  return page(
    [
      heading(1, text(say('pageTitle'))),
      paragraph(text(say('pageIntro'))),
      heading(2, text(say('pageWhatTitle'))),
      paragraph(text(say('pageWhat'))),
      paragraph(text(say('pageKinds'))),
      list(kinds(words).map(text)),
      heading(2, text(say('pageUsed'))),
      ...sections,
    ],
    language,
  );
}

function kinds(words: Words): string[] {
  return PURPOSES.map((kind) => words.purpose(kind).text);
}

function withoutScheme(address: string): string {
  return address.replace(/^https?:\/\//, '');
}

const html: Markup = {
  heading: (level, text) => `<h${level}>${text}</h${level}>`,
  paragraph: (text) => `<p>${text}</p>`,
  list: (items) => `<ul>\n${items.map((item) => `  <li>${item}</li>`).join('\n')}\n</ul>`,
  table: (head, rows) => {
    const line = (cells: string[]) => `    <tr>${cells.join('')}</tr>`;
    const headLine = line(head.map((text) => `<th scope="col">${text}</th>`));
    const lines = rows.map((cells) => line(cells.map((cell) => `<td>${cell}</td>`)));
    return ['<table>', '  <thead>', headLine, '  </thead>', '  <tbody>', ...lines, '  </tbody>', '</table>'].join('\n');
  },
  text: (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`),
  code: (text) => `<code>${html.text(text)}</code>`,
  link: (address) => `<a href="${html.text(address)}">${html.text(withoutScheme(address))}</a>`,
  page: (blocks, language) =>
    `<article lang="${language}" dir="${directionOf(language)}">\n${blocks.join('\n')}\n</article>`,
};

const markdown: Markup = {
  heading: (level, text) => `${'#'.repeat(level)} ${text}`,
  paragraph: (text) => text,
  list: (items) => items.map((item) => `- ${item}`).join('\n'),
  table: (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
  text: (text) => text.replace(/[\\`*_[\]<>|#]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' '),
  code: (text) => `\`${text.replaceAll('|', '\\|')}\``,
  link: (address) => `[${markdown.text(withoutScheme(address))}](<${address.replace(/[<>|\s]/g, encodeURIComponent)}>)`,
  page: (blocks) => blocks.join('\n\n'),
};
