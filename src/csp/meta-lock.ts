import { isOwnCsp } from './own-csp-header';
import { attributeOf, type Tag } from './read-tags';

/** The Content-Security-Policy that a tag brings into its document. */
export function metaPolicyOf(tag: Tag): string | undefined {
  return tag.name === 'meta' && attributeOf(tag, 'http-equiv')?.toLowerCase() === 'content-security-policy'
    ? attributeOf(tag, 'content')
    : undefined;
}

/** The same, if it is a lock of ours. */
export function metaLockOf(tag: Tag): string | undefined {
  const policy = metaPolicyOf(tag);
  return policy && isOwnCsp(policy) ? policy : undefined;
}
