import type { CompiledPolicy } from '../compiled-policy/compiled-policy';
import type { Replies } from '../messages/messages';
import { isOfAnotherBuild } from '../page/worker/is-of-another-build';
import { sayMissingLock } from './missing-lock';
import { settleBuilds } from './other-build';

/**
 * Says what the page has learnt from the worker's answer.
 * @param greet asks the worker of then, and comes here again if that is of another build, too
 */
export async function sayWhatIsAmiss(
  reply: Replies['hello'],
  policy: CompiledPolicy,
  greet: () => Promise<void>,
): Promise<void> {
  if (reply.unlocked) await sayMissingLock(location.href, false, policy);
  if (isOfAnotherBuild(reply, policy)) await settleBuilds(policy.revision, reply.revision, greet);
}
