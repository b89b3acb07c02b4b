import type { CompiledPolicy } from '../compiled-policy/compiled-policy';
import type { ConsentRecord } from '../consent/record';
import type { RefusalLog } from './content/refusal-log';
import type { WaitingElements } from './content/waiting-elements';
import type { PageCsp } from './document/page-csp';
import type { TrustedScripts } from './files/trusted-scripts';
import type { Gatekeeper } from './gatekeeper';
import type { Touched } from './decisions/user-input';
import type { Guard } from './worker/guard';

/** Makes the new record from the stored one. */
export type ChangeOfRecord = (previous: ConsentRecord | undefined) => ConsentRecord | undefined;

/** The page's gatekeeper from inside, for what is loaded on demand. */
export interface PageContext {
  gatekeeper: Gatekeeper;
  policy: CompiledPolicy;
  /** Absolute URL of the worker's script. */
  worker: string;
  guard: Guard;
  csp: PageCsp;
  trusted: TrustedScripts;
  waiting: WaitingElements;
  /** What has had an `input` event, and of what type it was when it first had. */
  touched: Touched;
  /** Where the visitor has pressed last: an element, and all that it is in. */
  pressed: WeakSet<EventTarget>;
  /** Search descriptions that are permitted. */
  givenBack: WeakSet<Element>;
  /** Notes what was refused, or let through, and tells the page. */
  log: RefusalLog;
  /** The record as it was last read. */
  record: ConsentRecord | undefined;
  /** Reads the stored record again. */
  stored(): Promise<ConsentRecord | undefined>;
  /** Stores a change. What it changes of what is permitted has to be put into force. */
  store(change: ChangeOfRecord): Promise<ConsentRecord | undefined>;
  /**
   * Reads the stored record, and makes it this page's.
   * @param mayReload whether this page may be loaded again; it may, unless it is said
   */
  catchUp(mayReload?: boolean): Promise<void>;
  /** Where the site's pages tell each other of decisions; undefined while this one is put away. */
  channel: BroadcastChannel | undefined;
  /**
   * The worker that guards this page.
   * @throws {GuardError} (rejects) when the page is not guarded
   */
  guarding(): Promise<ServiceWorker>;
}
