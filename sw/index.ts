import { indexPolicy, type IndexedPolicy } from '../src/requests/index-policy';
import { compilePolicy, type CompiledPolicy } from '../src/compiled-policy/compiled-policy';
import { CONSENT_CHANNEL, type TabMessage } from '../src/messages/messages';
import type { PolicyInput } from '../src/policy/schema';
import { answerDocument, answerUnanswered, interceptAnswers } from './answer-document';
import { answerMessage } from './answer-message';
import { blankMetaLock, type BlankMetaLock } from './blank-meta-lock';
import { isFetchedAhead } from './open-document';
import { mustRefuse, respondTo, type WorkerState } from './respond-to';
import { listenLast } from './listen-last';
import { OtherPolicies } from './other-policies';
import { endRefusedWorkers } from './end-refused-workers';
import { RestoredConsent } from './restored-consent';
import { addStaticRoutes } from './static-routes';
import { workerGlobal } from './worker-global';
import { UnguardedPages } from './unguarded-pages';
import { sweepWithoutPages, type CookieChange } from './sweep-without-pages';

export interface GatekeepingOptions {
  /**
   * Whether the worker does nothing else. Then it takes over as soon as it is installed, pages that are open included, the
   * site's own subresources can be routed around it, and pages are preloaded. Otherwise these are the site's own decisions.
   */
  alone?: boolean;
}

/**
 * Starts gatekeeping in a service worker. Call it first thing in the worker's script, so that its listeners
 * come before the site's own: the first `respondWith` wins.
 *
 * Never throws: with a policy that cannot be used, the site itself is let through and everything else refused.
 *
 * @param policy a policy that `parsePolicy` or the command line has validated
 */
export function startGatekeeping(policy: PolicyInput, options: GatekeepingOptions = {}): void {
  startWith(() => compilePolicy(policy), { ...options, blankMetaLock });
}

/** The same, with the policy as a build has compiled it, and only what that needs. */
export function startWith(
  readPolicy: () => CompiledPolicy,
  // Not as WorkerState has it: its types know what only workers have, and the site's worker may be compiled without.
  { alone = false, blankMetaLock }: GatekeepingOptions & { blankMetaLock?: BlankMetaLock } = {},
): void {
  const unguarded = new UnguardedPages();
  const policy = tryCompile(readPolicy);
  const others = new OtherPolicies(policy?.fingerprint);
  const state: WorkerState = {
    policy,
    consent: new RestoredConsent([unguarded, others]),
    unguarded,
    unlocked: new Set(),
    others,
    blankMetaLock,
  };
  // Started before the first request asks, so that it waits less; a failure is tried again then.
  void state.consent.restore();

  if (alone) {
    workerGlobal.addEventListener('install', (event) => {
      addStaticRoutes(event, state.policy);
      event.waitUntil(workerGlobal.skipWaiting());
    });
  }
  workerGlobal.addEventListener('activate', (event) => event.waitUntil(activate(state, alone)));
  workerGlobal.addEventListener(
    'fetch',
    interceptAnswers((event) => handleRequest(event, state), state),
    { capture: true },
  );
  listenLast((event) => answerUnanswered(event, state));
  workerGlobal.addEventListener('securitypolicyviolation', (event) => {
    const { blockedURI } = event as SecurityPolicyViolationEvent;
    console.error(`cookie-gatekeeper may not fetch ${blockedURI} (see lock --worker).`);
  });
  workerGlobal.addEventListener('cookiechange', (event) =>
    (event as CookieChange).waitUntil(sweepWithoutPages(event as CookieChange, state)),
  );
  // Pages of another worker's scope tell only their own worker of a change, and each other.
  new BroadcastChannel(CONSENT_CHANNEL).onmessage = ({ data }) => {
    if ((data as TabMessage).decision) void state.consent.change();
  };
  // Before the site's own, which may answer whatever it is told.
  workerGlobal.addEventListener('message', (event) => answerMessage(event, state), { capture: true });
}

function tryCompile(readPolicy: () => CompiledPolicy): IndexedPolicy | undefined {
  try {
    return indexPolicy(readPolicy());
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

async function activate({ consent, policy, unguarded }: WorkerState, alone: boolean): Promise<void> {
  // Consent may have changed while this worker waited behind its predecessor.
  await consent.restore();
  await unguarded.addOpen(policy);
  if (policy) endRefusedWorkers(policy, consent);
  if (alone) {
    // A listener of the site's own that knows nothing of it would have each page asked for twice; and what is asked for ahead
    // of the worker, a frame on a service's path of the site as well, it cannot refuse, nor leave alone: that would be asked for twice.
    const { navigationPreload } = workerGlobal.registration;
    const hasOwnPaths = policy?.ownPaths.some(({ service }) => service.need !== 'necessary');
    await (hasOwnPaths || policy?.exclude ? navigationPreload?.disable() : navigationPreload?.enable());
    await workerGlobal.clients.claim();
  }
  // In Chromium and Firefox; what was subscribed to before stays.
  await workerGlobal.registration.cookies?.subscribe([{ url: workerGlobal.registration.scope }]);
}

function handleRequest(event: FetchEvent, state: WorkerState): void {
  const { request } = event;
  // DevTools asks for what is only in the cache; answering it with a fetch is an error.
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  // The visitor goes there: a navigation of the whole page is never held, only its document gets its wall. Nobody goes yet where a
  // browser only looks ahead.
  if (request.destination === 'document' && !(isFetchedAhead(request) && mustRefuse(event, state)))
    answerDocument(event, state);
  else respondTo(event, state);
}
