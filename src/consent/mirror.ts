import type { Terms } from '../gate/terms';
import type { ConsentRecord } from './record';

/**
 * The mirror's content: Opendatasoft's shape, optional booleans by tool and `timestamp` in milliseconds.
 * Keys that are not ours are other people's, and kept.
 */
export type Mirror = Record<string, unknown>;

/**
 * Reads the mirror out of a cookie string.
 * @param cookies `document.cookie`, or a `Cookie` header
 * @param name the cookie's name
 * @returns undefined when there is none, or none that can be read: absence and garbage never grant
 */
export function readMirror(cookies: string, name: string): Mirror | undefined {
  for (const cookie of cookies.split(';')) {
    const [key, ...value] = cookie.split('=');
    if (key!.trim() !== name) continue;
    const mirror = parse(value.join('='));
    if (mirror) return mirror;
  }
  return undefined;
}

function parse(value: string): Mirror | undefined {
  try {
    const mirror: unknown = JSON.parse(decodeURIComponent(value.trim()));
    return typeof mirror === 'object' && !Array.isArray(mirror) ? ((mirror as Mirror | null) ?? undefined) : undefined;
  } catch {
    return undefined; // Truncated, or written by something else.
  }
}

/** The mirror of a record. Of what was in the cookie before, it keeps the keys that are not services of the policy. */
export function mirrorOf(record: ConsentRecord, { services }: Terms, previous: Mirror = {}): Mirror {
  const foreign = Object.entries(previous).filter(([key]) => !services.has(key));
  return { ...Object.fromEntries(foreign), ...record.choices, timestamp: record.decidedAt };
}

/**
 * The mirror as an assignment to `document.cookie`, or a `Set-Cookie` header.
 * @param expiresAt milliseconds since the epoch: the record's, so that the cookie does not outlive it
 * @param secure whether the site is served over https
 */
export function mirrorCookie(name: string, mirror: Mirror, expiresAt: number, secure: boolean): string {
  const value = encodeURIComponent(JSON.stringify(mirror));
  return `${name}=${value}; Expires=${new Date(expiresAt).toUTCString()}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`;
}
