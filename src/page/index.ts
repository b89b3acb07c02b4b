import type { PolicyInput } from '../policy/schema';
import { compilePolicy } from '../compiled-policy/compiled-policy';
import { Gatekeeper, type GatekeeperOptions } from './gatekeeper';
import { keepRunning, runningGatekeeper } from './running-gatekeeper';

export { Gatekeeper, type GatekeeperOptions } from './gatekeeper';
export type { ConsentView, GatekeeperEvents, Swept } from './gatekeeper-events';
export type { Opens } from './decisions/reopening';
export type { Decided } from './decisions/decisions';
export { GuardError, type GuardFailure } from './worker/guard-error';
export type { Choices, ConsentAction, ConsentRecord, EpochMs } from '../consent/record';
export type { ConsentState, ServiceStatus as Standing } from '../consent/service-status';
export type { ConsentPrompt as Shown } from '../consent/apply-choices';
export type { Receipt } from '../consent/receipt';
export type { SweepReport } from '../sweep/report';
export type { ServiceId } from '../compiled-policy/compiled-policy';
export type { Refusal, UndeclaredRequest } from '../messages/messages';
export type { Policy, PolicyInput, Service } from '../policy/schema';

/**
 * Makes the gatekeeper of this page. Call it early: it notes what is refused from then on. A page has one: where it is
 * there already, as in a component that is mounted twice, it is returned as it is.
 *
 * Never throws: with a policy that cannot be used nothing is permitted, and `register()` says why.
 *
 * @param policy a policy that `parsePolicy` or the command line has validated
 */
export function createGatekeeper(policy: PolicyInput, options: GatekeeperOptions = {}): Gatekeeper {
  const running = runningGatekeeper();
  if (running) return running;
  return keepRunning(
    new Gatekeeper(
      () => compilePolicy(policy),
      options,
      async () => (await import('./on-demand')).onDemandWith(() => import('../diagnosis/index')),
    ),
  );
}
