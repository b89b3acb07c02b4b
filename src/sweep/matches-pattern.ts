/**
 * Whether a name fits one of the policy's patterns: `*` stands for any characters, also none, and all else for itself.
 * Without regular expressions: names may be long, there may be thousands, and most differ from most patterns at the start.
 */
export function matchesPattern(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const star = pattern.indexOf('*');
    if (star < 0) return name === pattern;
    if (!name.startsWith(pattern.slice(0, star))) return false;
    const literals = pattern.slice(star + 1).split('*');
    const last = literals.pop()!;
    // Each literal where it comes first leaves the most room for those after it.
    let end = star;
    for (const literal of literals) {
      const start = name.indexOf(literal, end);
      if (start < 0) return false;
      end = start + literal.length;
    }
    return name.endsWith(last) && name.length - last.length >= end;
  });
}
