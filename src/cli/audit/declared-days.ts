const DAY_S = 24 * 60 * 60;

/**
 * How long a cookie is to be kept, which browsers shorten.
 * @param line as in `Set-Cookie` and `document.cookie`
 * @returns days; undefined for the session, and where it is not said in a way that can be read
 */
export function declaredDays(line: string, now = Date.now()): number | undefined {
  const attributes = line.split(';').slice(1);
  const valueOf = (name: string) => {
    const found = attributes.findLast((attribute) => attribute.trim().toLowerCase().startsWith(`${name}=`));
    return found?.slice(found.indexOf('=') + 1).trim();
  };
  const age = valueOf('max-age');
  // It counts before the other.
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) / DAY_S;
  const until = Date.parse(valueOf('expires') ?? '');
  return Number.isNaN(until) ? undefined : (until - now) / 1000 / DAY_S;
}
