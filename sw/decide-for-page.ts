import { decideRequest, type Verdict } from '../src/requests/decide-request';
import type { IndexedPolicy } from '../src/requests/index-policy';
import type { WorkerState } from './respond-to';

/** A state whose policy can be used. */
export type ReadyState = WorkerState & { policy: IndexedPolicy };

/**
 * Decides a request of a page: under the consent of now, what was allowed once in it, and the lock that it has.
 * @param page id of its client
 * @param isWorklets whether a worklet of the page has asked. WebKit gives worklets clients of their own, and does not hold what
 * they import to the page's lock
 */
export function decideForPage(
  page: string,
  url: string,
  { policy, consent, others }: ReadyState,
  isWorklets = false,
): Verdict {
  const verdict = decideRequest({ url, site: location.href }, consent.of(page), policy);
  return 'service' in verdict && others.closes(isWorklets ? undefined : page, verdict.service, policy)
    ? { action: 'refuse', reason: 'undecided', service: verdict.service }
    : verdict;
}
