import { CSP_MARKER } from './document-csp';

/** What the specification splits at: fewer characters than JavaScript's `\s`. */
const ASCII_SPACE = /[\t\n\f\r ]+/;

/**
 * The policies of a Content-Security-Policy header. Several headers of the name, and what is joined by commas in one, are
 * one list.
 * @see https://www.w3.org/TR/CSP3/#parse-response-csp
 */
export function splitPolicies(header: string | null | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((policy) => policy.trim())
    .filter(Boolean);
}

/** A directive's name, in lower case, and its values. */
export function wordsOf(directive: string): string[] {
  const [name = '', ...values] = directive.split(ASCII_SPACE).filter(Boolean);
  return [name.toLowerCase(), ...values];
}

/**
 * Whether a policy is the gatekeeper's own, a lock or a wall: its `report-to` is exactly ours. A site may name an endpoint
 * `cookie-gatekeeper-own`, or use the words anywhere else. Of several directives of a name, the first counts.
 * @see https://www.w3.org/TR/CSP3/#parse-serialized-policy
 */
export function isOwnCsp(policy: string): boolean {
  const first = policy
    .split(';')
    .map(wordsOf)
    .find(([name]) => name === 'report-to');
  return first?.join(' ') === CSP_MARKER;
}
