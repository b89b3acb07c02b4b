/** White space says nothing. */
export const normalised = (policy: string) => policy.trim().replace(/\s+/g, ' ');

/** What is lacking in a policy, and what it has in addition. */
export function difference(found: string, expected: string): string {
  const words = (policy: string) => new Set(policy.split(/[\s;]+/));
  const [has, needs] = [words(found), words(expected)];
  const [missing, more] = [[...needs].filter((word) => !has.has(word)), [...has].filter((word) => !needs.has(word))];
  const said = [...(missing.length > 0 ? [`it lacks ${missing.join(' ')}`] : []), ...(more.length > 0 ? [`it has ${more.join(' ')}`] : [])];
  return said.join('; ') || 'in another order';
}
