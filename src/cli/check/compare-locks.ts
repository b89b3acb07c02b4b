import { fingerprintIn } from '../../csp/document-csp';
/** White space says nothing. */
export const normalised = (csp: string) => csp.trim().replace(/\s+/g, ' ');

/** What is lacking in a policy, and what it has in addition. */
export function difference(found: string, expected: string): string {
  // What a lock says of which policy it is tells a person nothing.
  const words = (csp: string) => new Set(csp.split(/[\s;]+/).filter((word) => !fingerprintIn(word)));
  const [has, needs] = [words(found), words(expected)];
  const [missing, more] = [[...needs].filter((word) => !has.has(word)), [...has].filter((word) => !needs.has(word))];
  const said = [
    ...(missing.length > 0 ? [`it lacks ${missing.join(' ')}`] : []),
    ...(more.length > 0 ? [`it has ${more.join(' ')}`] : []),
  ];
  if (said.length > 0) return said.join('; ');
  return fingerprintIn(found) === fingerprintIn(expected)
    ? 'in another order'
    : 'of an earlier one with the same necessary services';
}
