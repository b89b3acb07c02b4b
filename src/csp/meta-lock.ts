import { isOwnCsp } from './own-csp-header';
import { attributesOf, type Tag } from './read-tags';

/** The Content-Security-Policy that a tag brings into its document. */
export function metaPolicyOf(tag: Tag): string | undefined {
  if (tag.name !== 'meta') return undefined;
  const attributes = attributesOf(tag);
  return /^content-security-policy$/i.test(attributes.get('http-equiv') ?? '') ? attributes.get('content') : undefined;
}

/** The same, if it is a lock of ours. */
export function metaLockOf(tag: Tag): string | undefined {
  const policy = metaPolicyOf(tag);
  return policy && isOwnCsp(policy) ? policy : undefined;
}
