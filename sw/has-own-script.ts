import { ownScriptOf } from '../src/csp/own-script-tag';
import { LONGEST_HEAD, readTags } from '../src/csp/read-tags';
import { pause } from './pause';

/** What somebody else sends bit by bit is not held back: pages of the site have their heads together. */
const HEAD_LIMIT_MS = 1_000;
const IN_HEAD = /^(html|head|meta|title|link|style|script|base(font)?|bgsound|no(script|frames)|template)$/;

/**
 * Whether the tag of our script stands in the head of a page. Never rejects.
 * @param page its address
 */
export async function hasOwnScript(response: Response, page: string): Promise<boolean> {
  const reader = response.clone().body?.pipeThrough(new TextDecoderStream('latin1')).getReader();
  let head = '';
  const readOn = async () => {
    const { value, done } = await reader!.read();
    // In UTF-16, each letter of a tag has one beside it.
    head += (value ?? '').replaceAll('\0', '');
    return done || head.length > LONGEST_HEAD;
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
