import { permits } from '../src/consent/service-status';
import type { Verdict } from '../src/requests/decide-request';
import type { IndexedPolicy } from '../src/requests/index-policy';
import type { Refusal, UndeclaredRequest } from '../src/messages/messages';
import { answerDocument } from './answer-document';
import type { BlankMetaLock } from './blank-meta-lock';
import { decideForPage, type ReadyState } from './decide-for-page';
import { load, openDocument, WORKER } from './open-document';
import type { OtherPolicies } from './other-policies';
import { notifyPage } from './refusal-notices';
import { PATIENT_LIMIT_MS, type RestoredConsent } from './restored-consent';
import type { UnguardedPages } from './unguarded-pages';
import { servicesOf } from './services-of';

/** What a response with a Content-Security-Policy of its own is fetched for. */
const CARRIES_POLICY = /frame|worker$/;
/** What a page that is left alone does not have for itself: guarded pages share its shared workers. */
const OWN_MASTER = /frame|embed|object|sharedworker/;
const WORKLET = /worklet$/;
/**
 * WebKit does not hold the redirects of what a worker sends without CORS to the worker's lock, and no worker can find that out:
 * where they lead has received them by then.
 */
const isWebKit = /AppleWebKit\/(?!.*Chrom(e|ium)\/)/.test(navigator.userAgent);

const PASS: Verdict = { action: 'allow', reason: 'local' };

export interface WorkerState {
  /** Undefined when the policy is broken: then no other origin is let through. */
  policy: IndexedPolicy | undefined;
  consent: RestoredConsent;
  unguarded: UnguardedPages;
  /** The pages, by their clients' ids, that were sent without their lock and have our script: they are told when they say hello. */
  unlocked: Set<string>;
  others: OtherPolicies;
  /** Takes the lock out of HTML, where the site has it there. */
  blankMetaLock?: BlankMetaLock;
}

/**
 * Answers one outgoing request. An allowed request returns without `respondWith`, which leaves it to the
 * browser's own path. Whatever goes wrong here refuses other origins and lets the site itself through.
 */
export function respondTo(event: FetchEvent, state: WorkerState): void {
  try {
    if (isLeftAlone(event, state)) {
      state.unguarded.add(event.resultingClientId);
      return;
    }
    const verdict = verdictOn(event, state);
    if (verdict.action === 'allow') {
      if (verdict.reason === 'undeclared') notifyPage(event, { type: 'undeclared', request: described(event.request) });
      else if (carriesPolicy(event.request)) answerDocument(event, state);
    } else if (state.policy?.reportOnly) {
      event.waitUntil(reportRefusal(event, state));
    } else if (!state.consent.isRestored) {
      // What is necessary is not held up for long; where it may be redirected to is known by then.
      const limit = verdict.action === 'refuse' ? PATIENT_LIMIT_MS : undefined;
      event.respondWith(
        state.consent
          .settled(limit)
          .then(() => answer(event, isLeftAlone(event, state) ? PASS : verdictOn(event, state), state)),
      );
    } else {
      event.respondWith(answer(event, verdict, state));
    }
  } catch (error) {
    if (isOwnSite(event.request) || state.policy?.reportOnly) return;
    // A listener that throws lets the request out, unless the default is prevented.
    event.preventDefault();
    event.respondWith(refuse(event, 'error'));
    console.error('cookie-gatekeeper could not decide:', event.request.url, error);
  }
}

/** Whether it is of a page that is left alone. A frame in such a page may be the site's own again, and says so itself. */
function isLeftAlone({ clientId, request }: FetchEvent, { unguarded }: WorkerState): boolean {
  return unguarded.has(clientId) && !OWN_MASTER.test(request.destination);
}

/** Whether it is for a document or a worker of the site: also those on a path of it that belongs to a service run under a policy. */
function carriesPolicy(request: Request): boolean {
  return isOwnSite(request) && CARRIES_POLICY.test(request.destination);
}

/** Whether a request is refused just now. */
export function mustRefuse(event: FetchEvent, state: WorkerState): boolean {
  return !!state.policy && verdictOn(event, state).action === 'refuse';
}

/** Tells the page of what would be refused, if anything held it. */
async function reportRefusal(event: FetchEvent, state: WorkerState): Promise<void> {
  await state.consent.settled();
  const verdict = verdictOn(event, state);
  if (verdict.action === 'refuse') refuse(event, verdict.reason, state.policy);
}

function isOwnSite(request: Request): boolean {
  return request.url.startsWith(`${location.origin}/`);
}

function verdictOn({ request, clientId }: FetchEvent, state: WorkerState): Verdict {
  if (state.policy) return decideForPage(clientId, request.url, state as ReadyState, WORKLET.test(request.destination));
  if (isOwnSite(request)) return { action: 'allow', reason: 'own-site' };
  throw new Error('the policy is broken. Build it again.');
}

function answer(event: FetchEvent, verdict: Verdict, state: WorkerState): Response | Promise<Response> {
  const { request, clientId } = event;
  if (verdict.action !== 'refuse' && verdict !== PASS && carriesPolicy(request))
    return openDocument(event, state, load(event, state));
  switch (verdict.action) {
    case 'allow':
      // What must not be redirected is not, by whoever it is sent.
      if (request.redirect !== 'follow') return fetch(request);
      // Fetched by the worker, it would be followed wherever it is redirected to, past the page's wall. Told to come again,
      // the browser takes its own path: the consent is known by then.
      return Response.redirect(request.url, 307);
    case 'strip':
    case 'strip-to-origin': {
      // The referrer of a request that is made anew is the worker: its origin is the site's, its path no page's.
      const referrerPolicy = verdict.action === 'strip' ? 'no-referrer' : 'strict-origin';
      const redirect = mayFollow(request, clientId, state) ? request.redirect : 'error';
      return fetch(new Request(request, { credentials: 'omit', referrerPolicy, redirect }));
    }
    case 'refuse':
      // At once where it can be: what goes wrong is caught then.
      return state.unguarded.isEmpty
        ? refuse(event, verdict.reason, state.policy)
        : refuseUnlessLeftAlone(event, verdict.reason, state);
  }
}

/** What turns out to be of a page that is left alone is told to come again, and is the browser's then. */
async function refuseUnlessLeftAlone(
  event: FetchEvent,
  reason: Refusal['reason'],
  { policy, unguarded }: WorkerState,
): Promise<Response> {
  const { clientId, request } = event;
  return (await unguarded.mustHaveMade(clientId)) ? Response.redirect(request.url, 307) : refuse(event, reason, policy);
}

/**
 * Whether the worker may follow redirects. Its own lock ends those that lead to anybody whom it never fetches from itself;
 * of the others, each must be permitted just now.
 */
function mayFollow({ mode }: Request, page: string, { policy, consent, others }: WorkerState): boolean {
  if (mode === 'no-cors' && isWebKit) return false;
  const current = consent.of(page);
  return !!policy?.services.every(
    (service) =>
      !service.withoutCredentials || (permits(service, current, policy) && !others.closes(page, service.id, policy)),
  );
}

/** @param policy undefined where they cannot be used */
function refuse(event: FetchEvent, reason: Refusal['reason'], policy?: IndexedPolicy): Response {
  const { request } = event;
  notifyPage(event, {
    type: 'refusal',
    request: { ...described(request), ...(policy && servicesOf(request.url, policy)), reason, layer: 'gate' },
  });
  // Firefox takes a document that fails for a worker that does, asks for it without the worker, and in the end has none.
  return request.mode === 'navigate' || WORKER.test(request.destination)
    ? new Response(null, { status: 403 })
    : Response.error();
}

function described({ url, destination }: Request): UndeclaredRequest {
  return { id: crypto.randomUUID(), url: url.replace(/#.*/, ''), destination, time: Date.now() };
}
