import { ownScriptOf } from '../src/csp/own-script-tag';
import { readTags } from '../src/csp/read-tags';
import { keptAlive } from './keep-alive';
import { pause } from './pause';

/** Nothing is searched past the head, or this many bytes. */
const SEARCHED = 64 * 1024;
/** What somebody else sends bit by bit is not held back: pages of the site have their heads together. */
const HEAD_LIMIT_MS = 1_000;
const IN_HEAD = /^(html|head|meta|title|link|style|script|base|noscript|template)$/;

/**
 * Resolves when the first of a body is there, with which browsers begin a document. Never rejects: where the connection breaks off, so
 * does the answer's own body.
 */
export async function firstBytes(response: Response): Promise<void> {
  const reader = response.clone().body?.getReader();
  await reader?.read().catch(() => {});
  void reader?.cancel().catch(() => {});
}

/** A script, which a worker runs no sooner than it is whole. Never rejects: of one that breaks off, nothing is run. */
export async function wholeText(response: Response): Promise<string> {
  const { body } = response.clone();
  return body ? new Response(keptAlive(body)).text().catch(() => '') : '';
}

/**
 * Whether the tag of our script stands in the head of a page. Never rejects.
 * @param page its address
 */
export async function hasOwnScript(response: Response, page: string): Promise<boolean> {
  const reader = response.clone().body?.pipeThrough(new TextDecoderStream('latin1')).getReader();
  let head = '';
  const readOn = async () => {
    const { value, done } = await reader!.read();
    head += value ?? '';
    return done || head.length > SEARCHED;
  };
  const find = async (isAll: boolean): Promise<boolean> => {
    const { tags } = readTags(head);
    const end = tags.findIndex(({ name }) => !IN_HEAD.test(name));
    const isFound = tags.slice(0, end < 0 ? tags.length : end).some((tag) => ownScriptOf(tag, page));
    return isFound || (!isAll && end < 0 && find(await readOn()));
  };
  try {
    const isAll = await readOn();
    return await Promise.race([find(isAll), pause(HEAD_LIMIT_MS).then(() => false)]);
  } catch {
    return false;
  } finally {
    void reader?.cancel().catch(() => {});
  }
}
