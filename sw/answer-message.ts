import {
  isMessage,
  message,
  PROTOCOL,
  type Ask,
  type Asks,
  type Message,
  type Replies,
  type Reply,
} from '../src/messages/messages';
import { consentedCsp, openServices, originsOf } from '../src/csp/document-csp';
import type { CompiledPolicy } from '../src/compiled-policy/compiled-policy';
import type { Consent } from '../src/consent/record';
import type { WorkerState } from './respond-to';
import { pause } from './pause';
import { recentRefusals } from './refusal-notices';
import { endRefusedWorkers } from './end-refused-workers';
import type { RestoredConsent } from './restored-consent';
import { workerGlobal } from './worker-global';
import { servicesOf } from './services-of';

/** Shorter than a page waits for its answer: an update may be slow, and what is closed in doubt stays closed meanwhile. */
const COMPARE_LIMIT_MS = 2_000;

/**
 * Answers a page's message. Every message of ours is answered, so that no page waits for nothing, and heard by nobody else: the
 * site's own worker would take it for one of its pages'.
 */
export function answerMessage(event: ExtendableMessageEvent, state: WorkerState): void {
  if (!isMessage(event.data)) return;
  event.stopImmediatePropagation();
  const asked = event.data as Message<Ask>;
  const answered = reply(asked, event.source as Client | null, state).catch((error: unknown): Reply => ({
    type: 'failed',
    message: String(error),
  }));
  event.waitUntil(answered.then((answer) => event.ports[0]?.postMessage(message(answer))));
}

/** The site's documents that are open besides one; those that scripts have written into a page close with it. */
async function otherPages(page: Client | null): Promise<readonly Client[]> {
  const pages = await workerGlobal.clients.matchAll({ includeUncontrolled: true });
  return pages.filter(({ id, url }) => id !== page?.id && url.startsWith(`${location.origin}/`));
}

/** What a page knows that the worker may not. */
async function hear(
  { record, globalPrivacyControl }: Asks['hello'],
  consent: RestoredConsent,
  policy: CompiledPolicy,
): Promise<void> {
  if (consent.of('').record?.id !== record) await consent.restore();
  if (globalPrivacyControl !== !consent.of('').globalPrivacyControl) return;
  // What cannot be kept cannot be read either, and then nothing is permitted that the signal objects to.
  await consent.tellSignal(globalPrivacyControl).catch(() => {});
  endRefusedWorkers(policy, consent);
}

/** Whether a page was sent without its lock. It is guarded from now on, and told so once. */
function wasUnlocked(page: Client | null, ...pages: { delete(id: string): boolean }[]): boolean {
  return !!page && pages.some((ids) => ids.delete(page.id));
}

function accessOf(consent: Consent, policy: CompiledPolicy): Replies['access'] {
  const services = openServices(consent, policy);
  const csp = policy.wall === 'off' ? '' : consentedCsp(services, policy, location.origin);
  return { type: 'access', csp, origins: originsOf(services) };
}

async function reply(
  asked: Message<Ask>,
  page: Client | null,
  { policy, consent, unguarded, unlocked, others }: WorkerState,
): Promise<Reply> {
  if (asked.gatekeeper !== PROTOCOL) throw new Error('page and worker have different versions. Deploy them together.');
  if (!policy) throw new Error('the policy is broken. Build it again.');
  switch (asked.type) {
    case 'hello':
      await consent.settled();
      if (page) await Promise.race([others.compareWith(page.id, asked.fingerprint), pause(COMPARE_LIMIT_MS)]);
      await hear(asked, consent, policy);
      return {
        type: 'guarding',
        revision: policy.revision,
        fingerprint: policy.fingerprint,
        refusals: recentRefusals(page?.id),
        unlocked: wasUnlocked(page, unguarded, unlocked),
      };
    case 'claim':
      await workerGlobal.clients.claim();
      return { type: 'claimed' };
    case 'consent-changed':
      if (!(await consent.change())) throw new Error('the worker cannot read the stored consent (IndexedDB).');
      return { type: 'consent-restored', pages: (await otherPages(page)).length };
    case 'awake':
      return { type: 'awake' };
    case 'allow-once':
      consent.passes.give(asked.url, asked.services);
      return { type: 'allowed-once' };
    case 'end-once':
      if (page) consent.passes.endIn(page.id);
      return { type: 'ended-once' };
    case 'access':
      await consent.settled();
      return accessOf(consent.of(page?.id ?? ''), policy);
    case 'services-of':
      return { type: 'services', services: asked.urls.map((url) => servicesOf(url, policy)) };
  }
}
