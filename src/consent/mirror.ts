import type { CompiledService, CompiledPolicy } from '../compiled-policy/compiled-policy';
import type { ConsentChange } from './apply-choices';
import type { Choices, ConsentRecord } from './record';

/**
 * The mirror's content: Opendatasoft's shape, optional booleans by tool and `timestamp` in milliseconds; and
 * `expires`, when the choices end. Keys that are not ours are other people's, and kept.
 */
export type Mirror = Record<string, unknown>;

/**
 * Reads the mirror out of a cookie string.
 * @param cookies `document.cookie`, or a `Cookie` header
 * @param name the cookie's name
 * @returns of several, the latest; undefined when there is none, or none that can be read: absence and garbage never grant
 */
export function readMirror(cookies: string, name: string): Mirror | undefined {
  const timeOf = ({ timestamp }: Mirror) => (typeof timestamp === 'number' ? timestamp : 0);
  return readMirrors(cookies, name).reduce<Mirror | undefined>(
    (latest, mirror) => (latest && timeOf(latest) >= timeOf(mirror) ? latest : mirror),
    undefined,
  );
}

/** The same; all of them: other paths and hosts of the domain may have set one of that name. */
export function readMirrors(cookies: string, name: string): Mirror[] {
  return cookies
    .split(';')
    .map((cookie) => cookie.split('='))
    .filter(([key]) => key!.trim() === name)
    .map(([, ...value]) => parse(value.join('=')))
    .filter((mirror) => mirror !== undefined);
}

function parse(value: string): Mirror | undefined {
  try {
    const mirror: unknown = JSON.parse(decodeURIComponent(value.trim()));
    return typeof mirror === 'object' && !Array.isArray(mirror) ? ((mirror as Mirror | null) ?? undefined) : undefined;
  } catch {
    return undefined; // Truncated, or written by something else.
  }
}

/**
 * Whether the mirror shows a record, and ends with it: then there is nothing to adopt, and nothing to write. Its time may be
 * later: banners renew theirs with every page, and other hosts may have decided the same again.
 */
export function showsRecord(
  cookies: string,
  { decidedAt, expiresAt, choices }: ConsentRecord,
  { cookie, services }: CompiledPolicy,
): boolean {
  const mirror = readMirror(cookies, cookie);
  const time = mirror?.['timestamp'] as number;
  const isOfNow = time === decidedAt || (time > decidedAt && mirror!['expires'] === expiresAt);
  return isOfNow && services.every(({ id, need }) => need === 'necessary' || mirror![id] === choices[id]);
}

/**
 * The decision that the mirror shows, if it can be believed: there must be exactly one, in which every choice about
 * our services is yes or no, and that says when it was made. What it does not mention is not decided; one that
 * mentions none of our services is no decision.
 * @param cookies `document.cookie`, or a `Cookie` header
 */
export function changeInMirror(
  cookies: string,
  policy: CompiledPolicy,
): (ConsentChange & { decidedAt: number }) | undefined {
  const names = cookies.split(';').map((pair) => pair.split('=')[0]!.trim());
  // Of two, one was set by another page or host, and nothing says which.
  if (names.filter((name) => name === policy.cookie).length !== 1) return undefined;
  const { timestamp, expires, ...mirror } = readMirror(cookies, policy.cookie) ?? {};
  const choices: Choices = {};
  for (const service of policy.services) {
    const said = keysOf(service)
      .filter((key) => Object.hasOwn(mirror, key))
      .map((key) => mirror[key]);
    if (!said.every((choice) => typeof choice === 'boolean')) return undefined;
    // It does not say which revision it was decided under, so it says nothing about services that have changed since; but
    // an objection outlives that.
    const isObjection = service.need === 'exempt' && said.includes(false);
    if (said.length > 0 && (!service.since || isObjection)) choices[service.id] = !said.includes(false);
  }
  if (!isTime(timestamp) || Object.keys(choices).length === 0) return undefined;
  return { action: 'adopt', choices, decidedAt: timestamp, expiresAt: isTime(expires) ? expires : undefined };
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** What the mirror calls a service. Nobody decides about a necessary one. */
function keysOf({ id, aliases = [], need }: CompiledService): string[] {
  return need === 'necessary' ? [] : [id, ...aliases];
}

/**
 * The mirror of a record: of the services that the policy has, under each of their names. Of what was in the cookie
 * before, it keeps the keys that are not theirs.
 */
export function mirrorOf(
  { choices, decidedAt, expiresAt }: ConsentRecord,
  policy: CompiledPolicy,
  previous: Mirror = {},
): Mirror {
  const ours = new Set(policy.services.flatMap(keysOf));
  const foreign = Object.entries(previous).filter(([key]) => !ours.has(key));
  const decided = policy.services.filter(({ id }) => Object.hasOwn(choices, id));
  const own = decided.flatMap((service) => keysOf(service).map((key) => [key, choices[service.id]]));
  // Whoever takes it over, another host or this one after it has lost its store, must not keep it for longer.
  return { ...Object.fromEntries(foreign), ...Object.fromEntries(own), timestamp: decidedAt, expires: expiresAt };
}

/**
 * The mirror as an assignment to `document.cookie`, or a `Set-Cookie` header.
 * @param expiresAt milliseconds since the epoch: the record's, so that the cookie does not outlive it
 * @param secure whether the site is served over https
 */
export function mirrorCookie(
  { cookie, cookieDomain }: CompiledPolicy,
  mirror: Mirror,
  expiresAt: number,
  secure: boolean,
): string {
  const value = encodeURIComponent(JSON.stringify(mirror));
  const domain = cookieDomain ? `; Domain=${cookieDomain}` : '';
  return `${cookie}=${value}; Expires=${new Date(expiresAt).toUTCString()}; Path=/; SameSite=Lax${domain}${secure ? '; Secure' : ''}`;
}
