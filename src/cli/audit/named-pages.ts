import { get, getPage } from '../check/get';
import type { UsageError } from '../command-error';
import { CommandError } from '../command-error';
import { readAddress } from '../read-address';
import { readText } from '../read-text';
import { tellError } from '../tell-error';

/** Site maps may name each other: more levels than this are a circle. */
const MOST_LEVELS = 3;

/** A page that was named, or a site map, of which as many pages are taken as are to be visited. */
export type Named = { page: URL } | { siteMap: URL };

/**
 * What somebody has typed: the address of a page or of a site map, or a file with a list of them, a line each.
 * @throws (rejects) {UsageError} for what is neither; {UnreadableFileError} for a list that is not there
 */
export async function readNamed(typed: string): Promise<Named[]> {
  const isList = typed.endsWith('.txt') && !/^https?:/i.test(typed);
  return isList ? readList(typed) : [namedBy(typed)];
}

/** Empty lines, and those that begin with a `#`, say nothing. */
async function readList(file: string): Promise<Named[]> {
  const named = (await readText(file)).split(/\r\n|\r|\n/).flatMap((line, index) => {
    const address = line.trim();
    return address === '' || address.startsWith('#') ? [] : [inLine(file, index + 1, address)];
  });
  if (named.length === 0) throw new CommandError(`${file} names no page. Write the address of one into each line.`);
  return named;
}

function inLine(file: string, line: number, address: string): Named {
  try {
    return namedBy(address);
  } catch (error) {
    throw new CommandError(`${file}, line ${line}: ${(error as UsageError).message}`);
  }
}

function namedBy(address: string): Named {
  const url = readAddress(address);
  return /\.(xml|txt)$/i.test(url.pathname) ? { siteMap: url } : { page: url };
}

/**
 * @param most how many pages are taken of a site map
 * @throws (rejects) {UnreachableError} for a site map
 */
export async function pagesOf(named: Named, most: number): Promise<URL[]> {
  return 'page' in named ? [named.page] : pagesOfSiteMap(named.siteMap, most);
}

/**
 * The pages that a site map names, those of the site maps that it names included. It may be plain text, an address a line.
 * @see https://www.sitemaps.org/protocol.html
 * @throws (rejects) {UnreachableError}
 */
export async function pagesOfSiteMap(address: URL, most: number, level = 0): Promise<URL[]> {
  const { text, status } = level === 0 ? await getPage(address) : await get(address);
  if (status >= 400) return [];
  const isText = /\.txt$/i.test(address.pathname);
  const named = (isText ? text.split(/\s+/) : locations(text))
    // In a text there may be anything, and nobody audits files.
    .filter((url) => /^https?:\/\//i.test(url) && URL.canParse(url))
    .map((url) => new URL(url));
  if (!/<sitemapindex[\s>]/.test(text)) return named.slice(0, most);
  const pages: URL[] = [];
  for (const map of level < MOST_LEVELS ? named : []) {
    if (pages.length >= most) break;
    const named = await pagesOfSiteMap(map, most - pages.length, level + 1).catch((error: unknown) => {
      // The others name pages all the same.
      tellError(error);
      return [];
    });
    pages.push(...named);
  }
  return pages;
}

function locations(siteMap: string): string[] {
  const found = siteMap.matchAll(/<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*<\/loc>/g);
  return [...found].map(([, url]) => url!.replaceAll('&amp;', '&'));
}
