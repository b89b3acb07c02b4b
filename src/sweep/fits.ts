/** Whether a name fits one of the policy's patterns: `*` stands for any characters, also none, and all else for itself. */
export function fits(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const literals = pattern.split(/\*+/).map((literal) => literal.replace(/\W/g, '\\$&'));
    return new RegExp(`^${literals.join('[^]*')}$`).test(name);
  });
}
