import { expiryOf, type Consent, type EpochMs } from '../consent/record';
import type { ServiceId, CompiledService, CompiledPolicy } from '../compiled-policy/compiled-policy';
import type { Policy } from '../policy/schema';

/** How a document was served: under which policy and decision, and open to which services. */
export interface DocumentAccess {
  wall: Policy['wall'];
  /** `CompiledPolicy.fingerprint` of whoever opened it. */
  fingerprint: string;
  /** When the visitor made the decision that opened it; 0 without one. */
  decidedAt: EpochMs;
  /** When that decision ends; 0 without one. */
  expiresAt: EpochMs;
  services: ServiceId[];
  /** Those of them that the visitor has allowed for this document only. */
  once: readonly ServiceId[];
}

const NAME = 'cookie-gatekeeper';
const ONCE = 'once:';

/** @param open the services that the document is opened to, from `openServices` */
export function documentAccess(
  open: CompiledService[],
  { record, once = [] }: Consent,
  policy: CompiledPolicy,
): DocumentAccess {
  return {
    wall: policy.wall,
    fingerprint: policy.fingerprint,
    decidedAt: record?.decidedAt ?? 0,
    expiresAt: record ? expiryOf(record, policy) : 0,
    services: open.map(({ id }) => id),
    once,
  };
}

/**
 * Whoever opens a document tells the page how, in a header that scripts can read at once:
 * `Server-Timing: cookie-gatekeeper;desc="strict 1x8ap3 1795435200000 1811073600000 matomo once:youtube"`.
 * @see https://www.w3.org/TR/server-timing/
 */
export function writeServerTiming({ wall, fingerprint, decidedAt, expiresAt, services, once }: DocumentAccess): string {
  const open = services.map((id) => (once.includes(id) ? ONCE + id : id));
  return `${NAME};desc="${[wall, fingerprint, decidedAt, expiresAt, ...open].join(' ')}"`;
}

/**
 * Reads how the document was opened: by the worker, where it came through one, and otherwise by the server.
 * @returns undefined when nobody opened it
 */
export function readServerTiming(
  timings: readonly { name: string; description: string }[],
): DocumentAccess | undefined {
  // The worker replaces what the server opened, and adds its timing behind the server's.
  const timing = timings.filter(({ name }) => name === NAME).at(-1);
  if (!timing) return undefined;
  const [wall, fingerprint = '', decidedAt, expiresAt, ...services] = timing.description.split(' ');
  const once = services.filter((service) => service.startsWith(ONCE)).map((service) => service.slice(ONCE.length));
  return {
    wall: wall as DocumentAccess['wall'],
    fingerprint,
    decidedAt: Number(decidedAt),
    expiresAt: Number(expiresAt),
    services: services.map((service) => service.replace(ONCE, '')),
    once,
  };
}
