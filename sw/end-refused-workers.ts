import { openServices, originsOf } from '../src/csp/document-csp';
import type { CompiledPolicy } from '../src/compiled-policy/compiled-policy';
import { CONSENT_CHANNEL, type PolicyMessage } from '../src/messages/messages';
import type { RestoredConsent } from './restored-consent';

/**
 * Ends those of the site's workers that are open to what is refused now, where no decision says so: under another policy, or a
 * signal of the browser's. Workers outlive their pages, and keep what they were opened to.
 */
export function endRefusedWorkers(policy: CompiledPolicy, consent: RestoredConsent): void {
  const channel = new BroadcastChannel(CONSENT_CHANNEL);
  channel.postMessage({ open: originsOf(openServices(consent.of(''), policy)) } satisfies PolicyMessage);
  channel.close();
}
