import type { Choices, ConsentRecord } from '../consent/record';
import type { ConsentState, ServiceStatus } from '../consent/service-status';
import type { ServiceId } from '../compiled-policy/compiled-policy';
import type { Refusal, UndeclaredRequest } from '../messages/messages';
import type { SweepReport } from '../sweep/report';
import type { Opens } from './decisions/reopening';

export interface ConsentView {
  /** Whether to ask: unless it is `decided`. */
  state: ConsentState;
  /** The services to ask about: those without an answer that stands. */
  toAsk: ServiceId[];
  /** How each service stands, and why. */
  standings: Record<ServiceId, ServiceStatus>;
  /** What is permitted now, by service. Necessary services are always true. */
  choices: Choices;
  /** The visitor's last decision, even if it has expired. */
  record?: ConsentRecord;
}

export interface GatekeeperEvents {
  /** The consent changed, here or in another tab. */
  consentchange: CustomEvent<ConsentView>;
  /** A request of this page was refused. */
  refusal: CustomEvent<Refusal>;
  /** A request of this page to an origin that the policy does not declare was let through (`undeclared: "report"`). */
  undeclared: CustomEvent<UndeclaredRequest>;
  /** What services that are not permitted had left in the browser was deleted. */
  sweep: CustomEvent<Swept>;
  /** The page is about to load again, to open under a new consent. `preventDefault()` keeps it, closed. */
  beforereload: CustomEvent<ConsentView>;
  /**
   * The visitor has allowed something here that this page stays closed to: something was typed in it, or it answers a form,
   * or cannot be opened in this browser. `reopen()` loads it again, which does not help where it `opens` `elsewhere`.
   */
  stayclosed: CustomEvent<{ opens: Opens }>;
}

export interface Swept extends SweepReport {
  /** Names of cookies that no service of the policy declares. */
  undeclared: string[];
}
