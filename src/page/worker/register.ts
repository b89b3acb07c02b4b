import { builtIn } from '../../dom/built-in';
import { Workbox } from 'workbox-window/build/workbox-window.prod.mjs';
import { CSP_MARKER } from '../../csp/document-csp';
import type { CompiledPolicy } from '../../compiled-policy/compiled-policy';
import { CONSENT_CHANNEL, type ClaimMessage } from '../../messages/messages';
import { askWorker, controllingWorker } from './ask-worker';
import { explained, type LoadDiagnosis } from './explained';
import type { Guard } from './guard';
import { GuardError } from './guard-error';
import { serviceWorkers } from './service-workers';
import type { TrustedScripts } from '../files/trusted-scripts';
import { isRegistered, unlessTakenAway } from './unless-taken-away';
import { withTimeout } from '../with-timeout';

/** A slow phone installs a worker in a few seconds; past this, something is wrong. */
const CONTROL_LIMIT_MS = 10_000;
/** How long a page may be without its controller after a claim, before it is claimed again. */
const CLAIM_AGAIN_MS = 1_000;
/** How often a worker may be taken away before it has control. */
const ATTEMPTS = 10;
/** Where sites are developed. */
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$|\.(localhost|test|local)$/;

export interface Registration {
  /** Absolute URL of the worker's script. */
  url: string;
  /** The pages that it is for; the script's folder without it. */
  scope: string | undefined;
  policy: CompiledPolicy;
  trusted: TrustedScripts;
  guard: Pick<Guard, 'taken'>;
}

/**
 * Registers the worker, for a page that it does not control.
 * @returns the worker, as soon as it controls this page
 * @throws {GuardError} (rejects) saying why it does not, and what to do
 */
export async function register(asked: Registration, diagnosis: LoadDiagnosis): Promise<ServiceWorker> {
  if (!serviceWorkers()) {
    throw new GuardError(
      'unsupported',
      'no service workers here. They need https or localhost, and often a window that is not private.',
    );
  }
  const { url, policy } = asked;
  const controlling = await underControl(asked, diagnosis);
  if (policy.wall !== 'off' && policy.lock === 'header') void lookForLocks(url, policy, diagnosis).catch(() => {});
  return controlling;
}

/**
 * Again where a page unregisters whatever worker it finds, as pages made with create-react-app do: each page once when it
 * loads, and other tabs load, too.
 */
async function underControl(
  asked: Registration,
  diagnosis: LoadDiagnosis,
  attempts = ATTEMPTS,
): Promise<ServiceWorker> {
  const worker = await registered(asked, diagnosis);
  const controlling = await withTimeout(
    CONTROL_LIMIT_MS,
    attempts > 1 ? unlessTakenAway(worker, takeControl(asked, worker)) : takeControl(asked, worker),
    `${asked.url} did not take control`,
  );
  return controlling ?? underControl(asked, diagnosis, attempts - 1);
}

/** @returns the worker, which may not be active yet */
async function registered({ url, scope, trusted }: Registration, diagnosis: LoadDiagnosis): Promise<ServiceWorker> {
  const place = new URL(scope ?? './', scope === undefined ? url : builtIn(document).baseURI).href;
  const violations: SecurityPolicyViolationEvent[] = [];
  const note = (violation: SecurityPolicyViolationEvent) => void violations.push(violation);
  builtIn(document).addEventListener('securitypolicyviolation', note);
  let cause: unknown;
  try {
    if (await mayTake(url, place)) {
      const workbox = new Workbox(trusted.url(url), { scope, updateViaCache: 'none' });
      const registration = await workbox.register({ immediate: true });
      return registration?.active ?? registration?.installing ?? registration?.waiting ?? (await workbox.active);
    }
  } catch (error) {
    cause = error;
  }
  try {
    const isTrusted = !('trustedTypes' in window) || typeof trusted.url(url) !== 'string';
    throw await explained(
      diagnosis,
      ({ whyNotRegistered }) => whyNotRegistered({ url, place, cause, violations, isTrusted }),
      'not-registered',
      `${url} was not registered. See docs/api.md, "Why a page is not guarded".`,
      cause ?? '',
    );
  } finally {
    builtIn(document).removeEventListener('securitypolicyviolation', note);
  }
}

/** Whether the worker could control this page, and without putting an end to one that the site has there: a place has one. */
async function mayTake(url: string, place: string): Promise<boolean> {
  if (!location.href.startsWith(place)) return false;
  const registration = await navigator.serviceWorker.getRegistration(place);
  const other = registration?.active?.scriptURL;
  return registration?.scope !== place || !other || other === url;
}

/**
 * Waits until our worker controls this page. Where it does not by itself, as after a hard reload or as part of the site's
 * own, it has to be asked.
 */
async function takeControl({ url, guard }: Registration, worker: ServiceWorker): Promise<ServiceWorker> {
  // By then it has taken the pages that it takes by itself.
  if (!(await inControl(url))) await activated(worker);
  try {
    while (!(await inControl(url))) {
      // Many sites load the page again then, and without us there was nothing to hear.
      const taken = new Promise<void>((resolve) => (guard.taken = resolve));
      tellOthersOfClaim();
      await askWorker(worker, { type: 'claim' });
      // Nothing tells of control that is had again, where a worker was taken away and put back.
      if (!(await inControl(url)))
        await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, CLAIM_AGAIN_MS))]);
    }
  } finally {
    guard.taken = undefined;
  }
  return controllingWorker(url)!;
}

/** Whether our worker controls this page, and is not one that was taken away. */
async function inControl(url: string): Promise<boolean> {
  const worker = controllingWorker(url);
  return !!worker && isRegistered(worker);
}

async function activated(worker: ServiceWorker): Promise<void> {
  while (worker.state !== 'activated')
    await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
}

/** The worker will take over all pages of the site that none controls: there, too, nobody hears of what is our doing. */
function tellOthersOfClaim(): void {
  const channel = new BroadcastChannel(CONSENT_CHANNEL);
  channel.postMessage({ claims: true } satisfies ClaimMessage);
  channel.close();
}

/**
 * Looks whether the worker's script came with its lock, when it is registered: the browser's cache has it then. Of
 * documents, the worker tells; where a site is developed, the first one is looked at, too.
 */
async function lookForLocks(url: string, policy: CompiledPolicy, diagnosis: LoadDiagnosis): Promise<void> {
  for (const [sent, isWorker] of [
    [url, true],
    [LOCAL.test(location.hostname) && location.href, false],
  ] as const) {
    if (!sent) continue;
    const { headers } = await fetch(sent, { method: 'HEAD', cache: 'force-cache' });
    if (!headers.get('content-security-policy')?.includes(CSP_MARKER))
      await (await diagnosis()).sayMissingLock(sent, isWorker, policy);
  }
}
