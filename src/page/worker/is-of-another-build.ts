import type { CompiledPolicy } from '../../compiled-policy/compiled-policy';
import type { Replies } from '../../messages/messages';

/** Whether the worker has another policy than the page: one of them is from a cache, or has not been replaced yet. */
export function isOfAnotherBuild(worker: Replies['hello'], page: CompiledPolicy): boolean {
  return worker.fingerprint !== page.fingerprint;
}
