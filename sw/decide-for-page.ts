import { decide, type Verdict } from '../src/gate/decide';
import type { Rules } from '../src/gate/rules';
import { serviceOf } from '../src/gate/terms';
import type { Gate } from './gate';

/** A gate whose policy can be used. */
export type OpenGate = Gate & { rules: Rules };

/**
 * Decides a request of a page: under the consent of now, what was allowed once in it, and the lock that it has.
 * @param page id of its client
 */
export function decideForPage(page: string, url: string, { rules, consent, others }: OpenGate): Verdict {
  const verdict = decide({ url, site: location.href }, consent.of(page), rules);
  const service = 'service' in verdict && serviceOf(rules, verdict.service);
  return service && others.closes(page, service) ? { action: 'refuse', reason: 'undecided', service: service.id } : verdict;
}
