import { readFile } from 'node:fs/promises';

/** A fenced block: its language, empty where none is written, and its lines without the indentation of the list they are in. */
interface Block {
  language: string;
  text: string;
}

/** What stands below a heading, up to the next one of any level. */
export interface Section {
  heading: string;
  level: number;
  blocks: Block[];
  /** Everything but the blocks. */
  prose: string;
}

/** One of the two languages of docs/deploying.md. */
export type Page = readonly Section[];

const PAGE = new URL('../../docs/deploying.md', import.meta.url);

/** Reads docs/deploying.md, which has both languages, one after the other. */
export async function deployingPage(): Promise<{ english: Page; french: Page }> {
  const [english, french, ...more] = (await readFile(PAGE, 'utf8')).split('\n---\n');
  if (!english || !french || more.length > 0)
    throw new Error('docs/deploying.md: one line "---" is to divide English from French.');
  return { english: sectionsOf(english), french: sectionsOf(french) };
}

/**
 * Some blocks of a section, in their order.
 * @param heading how it begins
 * @throws {Error} when there is no such section, or no such block in it
 */
export function blocksIn(page: Page, heading: string, language: string): string[] {
  const section = page.find((one) => one.heading.startsWith(heading));
  const found = section?.blocks.filter((block) => block.language === language).map(({ text }) => text) ?? [];
  if (found.length === 0) throw new Error(`docs/deploying.md has no block of ${language} below "${heading}".`);
  return found;
}

/** The commands of a section, each as it is typed. */
export function commandsIn(page: Page, heading: string): string[] {
  return blocksIn(page, heading, 'sh').flatMap((text) => text.split('\n'));
}

/** What stands in a section in backquotes, in order. */
export function inlineCode({ prose }: Pick<Section, 'prose'>): string[] {
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!);
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  let fence: { indentation: string; block: Block } | undefined;
  for (const line of text.split('\n')) {
    const [, indentation, language] = /^( *)```(\w*)$/.exec(line) ?? [];
    const [, level, heading] = (!fence && /^(#+) (.+)$/.exec(line)) || [];
    if (heading !== undefined) sections.push({ heading, level: level!.length, blocks: [], prose: '' });
    else if (fence && indentation !== undefined) {
      sections.at(-1)!.blocks.push(fence.block);
      fence = undefined;
    } else if (fence) fence.block.text += `${fence.block.text && '\n'}${line.slice(fence.indentation.length)}`;
    else if (indentation !== undefined) fence = { indentation, block: { language: language!, text: '' } };
    else if (sections.length > 0) sections.at(-1)!.prose += `${line}\n`;
  }
  return sections;
}
