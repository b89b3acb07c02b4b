import { builtIn } from '../dom/built-in';

/**
 * The names of the cookies that scripts can see here. One without a name cannot be declared, and is left out.
 * @throws {DOMException} `SecurityError` in a document that is sandboxed
 */
export function visibleCookies(): string[] {
  return [...builtIn(document).cookie.matchAll(/(?:^|; )([^=;]+)=/g)].map(([, name]) => name!);
}
