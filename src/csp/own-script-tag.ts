import { attributeOf, type Tag } from './read-tags';

/** `gatekeeper.js`, also with a hash in its name. */
const OWN_NAME = /\/gatekeeper([.-][\w-]+)?\.js$/;

/** Under any other name, or as a part of another script, its tag says where the rest is. */
const SAYS_WHERE = ['data-base', 'data-worker'];

/**
 * The address of the page's script, if a tag loads it.
 * @param page address of the document
 */
export function ownScriptOf(tag: Tag, page: string): URL | undefined {
  const address = tag.name === 'script' ? attributeOf(tag, 'src') : undefined;
  if (!address || !URL.canParse(address, page)) return undefined;
  const url = new URL(address, page);
  const isOwn =
    OWN_NAME.test(url.pathname) || SAYS_WHERE.some((attribute) => attributeOf(tag, attribute) !== undefined);
  return isOwn ? url : undefined;
}
