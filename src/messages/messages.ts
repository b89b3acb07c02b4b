import type { Mirror } from '../consent/mirror';
import type { EpochMs } from '../consent/record';
import type { Refused } from '../requests/decide-request';
import type { ServiceId } from '../compiled-policy/compiled-policy';

/** Raised when a message changes its meaning; page and worker of different versions then refuse each other. */
export const PROTOCOL = 1;

/** Name of the channel on which pages tell the site's other pages, and workers, that the stored record has changed. */
export const CONSENT_CHANNEL = 'cookie-gatekeeper';

/** What they tell each other there: the visitor has decided. */
export interface TabMessage {
  /** The choices, as the mirror has them. */
  decision: Mirror;
}

/** What else they tell each other there: one of them has asked the worker to take over, and all will be that it does not control yet. */
export interface ClaimMessage {
  claims: true;
}

/** What the worker tells others there, when it takes over: to whom its policy opens documents now. */
export interface PolicyMessage {
  /** Host-sources. */
  open: string[];
}

/**
 * Name of the channel on which pages answer that they are closed to what a decision refuses: its time, as an `EpochMs`. Only who
 * has told them listens there. On the other one, each of fifty tabs would hear forty-nine answers.
 */
export const HEEDED_CHANNEL = 'cookie-gatekeeper:heeded';

/** What a page asks the worker, by type. Each is answered with a `Reply` on the port that came with it. */
export interface Asks {
  /** Are you there, guarding me, and do you know the same consent record? */
  hello: {
    type: 'hello';
    record: string | undefined;
    /** `CompiledPolicy.fingerprint` of the page's policy. */
    fingerprint: string;
    /** The signal as pages have it: an extension may give it to them alone. Undefined where a page cannot tell. */
    globalPrivacyControl?: boolean;
  };
  /** Take over the page that asks: it was loaded past you (a hard reload). */
  claim: { type: 'claim' };
  /** The stored record has changed: read it before you decide anything else. */
  'consent-changed': { type: 'consent-changed' };
  /** You have asked to be kept awake. */
  awake: { type: 'awake' };
  /**
   * Open this page, when it is loaded next, with some services that the visitor has allowed for this once.
   * `url`: the page's own, now, without its fragment; it is to be loaded at once.
   */
  'allow-once': { type: 'allow-once'; services: ServiceId[]; url: string };
  /** The page that asks is left: what was allowed in it once has ended, also where the browser brings it back as it was. */
  'end-once': { type: 'end-once' };
  /** What would this page be open to under your policy? Asked where another worker has taken it over. */
  access: { type: 'access' };
  /** Which services do these URLs belong to? */
  'services-of': { type: 'services-of'; urls: string[] };
}

/** What the worker answers, by the type that was asked. */
export interface Replies {
  hello: {
    type: 'guarding';
    revision: string;
    /** `CompiledPolicy.fingerprint` of the worker's policy. */
    fingerprint: string;
    refusals: Refusal[];
    /** Whether the page's document was sent without its lock. */
    unlocked: boolean;
  };
  claim: { type: 'claimed' };
  /** `pages`: how many other documents of the site are open. */
  'consent-changed': { type: 'consent-restored'; pages: number };
  awake: { type: 'awake' };
  'allow-once': { type: 'allowed-once' };
  'end-once': { type: 'ended-once' };
  /** `csp`: the policy that it would be opened with; none where nothing would be walled. `origins`: of all that is permitted. */
  access: { type: 'access'; csp: string; origins: string[] };
  /** In the same order. No service, for what none declares. */
  'services-of': { type: 'services'; services: Pick<Refusal, 'service' | 'services'>[] };
}

export type Ask = Asks[keyof Asks];
export type Reply = Replies[keyof Replies] | { type: 'failed'; message: string };

/** What the worker tells a page of its own accord. */
export type Notice =
  | { type: 'refusal'; request: Refusal }
  | { type: 'undeclared'; request: UndeclaredRequest }
  /** The worker is answering something that takes long: send it a message, or the browser may end it. */
  | { type: 'wake-me' };

export interface UndeclaredRequest {
  /** A random UUID. */
  id: string;
  /** Absolute, without a fragment. */
  url: string;
  /** As in `Request.destination`: `script`, `image`, … and empty for fetch and beacons. */
  destination: string;
  /** When it was asked for last. */
  time: EpochMs;
  /** How often it was asked for on this page, which counts. */
  count?: number;
}

/** A request that was not let out. */
export interface Refusal extends UndeclaredRequest {
  /** The service to allow; undefined for origins that no service declares. */
  service?: ServiceId;
  /** All services that it belongs to: where they share a host, a yes to any of them lets it in. */
  services?: ServiceId[];
  reason: Refused['reason'] | 'wall' | 'error';
  /** Which layer refused it: the worker, or the document's Content-Security-Policy. */
  layer: 'gate' | 'wall';
}

export type Message<T> = T & { gatekeeper: typeof PROTOCOL };

export function message<T extends { type: string }>(content: T): Message<T> {
  return { gatekeeper: PROTOCOL, ...content };
}

/** Whether a message is one of ours; the site's own messages go by. */
export function isMessage(data: unknown): data is Message<{ type: string }> {
  return !!(data as Partial<Message<{ type: string }>> | null | undefined)?.gatekeeper;
}
