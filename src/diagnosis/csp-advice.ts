import { isOwnCsp, wordsOf } from '../csp/own-csp-header';

/** What we need of a Content-Security-Policy: the directives that are asked about it, in their order, and what to add. */
const NEEDS = {
  worker: { asked: ['worker-src', 'child-src', 'script-src', 'default-src'], add: "worker-src 'self'" },
  connect: { asked: ['connect-src', 'default-src'], add: "connect-src 'self'" },
} as const;

/**
 * The directive that forbids something of ours, and what to add.
 * @see https://www.w3.org/TR/CSP3/#directive-fallback-list
 */
export function cspAdvice(
  { originalPolicy, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent,
  need: keyof typeof NEEDS,
): string {
  const { asked, add } = NEEDS[need];
  const directives = originalPolicy.split(';').map((directive) => directive.trim());
  const find = (wanted: string) => directives.find((directive) => wordsOf(directive)[0] === wanted);
  const name = asked.find(find) ?? effectiveDirective;
  if (isOwnCsp(originalPolicy))
    return `The lock forbids it (${name}): serve it from the site itself, or give ${blockedURI} to a necessary service of the policy.`;
  return `The site's Content-Security-Policy forbids it: "${find(name) ?? name}". Add ${add}.`;
}
