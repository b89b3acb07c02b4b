import { builtIn } from '../../dom/built-in';
import { randomUuid } from '../../consent/random-uuid';
import { CSP_MARKER } from '../../csp/document-csp';
import { findServices } from '../../requests/find-service';
import { indexPolicy } from '../../requests/index-policy';
import { earlierViolations, type Violation } from '../document/earlier-violations';
import type { PageContext } from '../page-context';
import { controllingWorker } from '../worker/ask-worker';
import { webUrl } from './web-url';

/** What a worker calls what a page calls otherwise; of others a page knows only that they were loaded. */
const DESTINATIONS: Record<string, string> = {
  img: 'image',
  script: 'script',
  iframe: 'iframe',
  frame: 'frame',
  object: 'object',
  embed: 'embed',
  video: 'video',
  audio: 'audio',
};
/** What no worker sees. */
const UNSEEN = /^(frame|object|child)/;

/**
 * Lists also what was let through past the worker although no service declares it, or, where nothing is refused, although its
 * service is not permitted: frames, sockets, and what was loaded before the worker was there. Says in the console, once, of each
 * origin that it is not declared.
 */
export async function listLetThrough({ gatekeeper, policy, worker, log }: PageContext): Promise<void> {
  const indexed = indexPolicy(policy);
  const site = new URL(location.href);
  const said = new Set<string>();
  const say = (url: string) => {
    const { origin } = new URL(url);
    if (said.has(origin)) return;
    said.add(origin);
    console.info(
      `cookie-gatekeeper: ${origin} is not declared by any service of the policy. It was let through (${policy.reportOnly ? 'mode' : 'undeclared'}: "report").`,
    );
  };
  const isListed = (name: string) => [...gatekeeper.undeclared, ...gatekeeper.refusals].some(({ url }) => url === name);
  const list = (address: string, destination: string, time: number) => {
    const url = address.replace(/#.*/, '');
    if (new URL(url).origin === site.origin || isListed(url)) return;
    const request = { id: randomUuid(), url, destination, time: Math.round(time) };
    const services = findServices(new URL(url), indexed, site).map(({ id }) => id);
    if (services.length === 0) log.note({ type: 'undeclared', request });
    else if (policy.reportOnly && !services.some((id) => gatekeeper.allows(id)))
      log.note({
        type: 'refusal',
        request: { ...request, service: services[0], services, reason: 'wall', layer: 'wall' },
      });
  };
  const listLoaded = ({ name, initiatorType, startTime }: PerformanceResourceTiming) => {
    const url = webUrl(name);
    if (url) list(url, DESTINATIONS[initiatorType] ?? '', performance.timeOrigin + startTime);
  };
  const listViolation = (violation: Violation) => {
    const { blockedURI, blockedURL: url = blockedURI!, effectiveDirective, originalPolicy, disposition } = violation;
    const isOurs = disposition === 'report' && originalPolicy.includes(CSP_MARKER);
    if (!isOurs || !/^(http|ws)/.test(url)) return;
    // Of some frames Chromium tells the origin alone, here; their whole address is among what was loaded.
    if (new URL(url).origin === url && /^http/.test(url)) return;
    // What the worker sees, it tells itself.
    const isSeen = controllingWorker(worker) && !UNSEEN.test(effectiveDirective) && !/^ws/.test(url);
    if (!isSeen) list(url, effectiveDirective.replace(/-src.*/, ''), Date.now());
  };

  // What is permitted is known by then; and all that was before is told.
  await gatekeeper.ready;
  gatekeeper.undeclared.forEach(({ url }) => say(url));
  gatekeeper.addEventListener('undeclared', ({ detail }) => say(detail.url));
  if (policy.reportOnly) {
    builtIn(document).addEventListener('securitypolicyviolation', listViolation);
    earlierViolations().forEach(listViolation);
  }
  new PerformanceObserver((entries) =>
    (entries.getEntries() as PerformanceResourceTiming[]).forEach(listLoaded),
  ).observe({ type: 'resource', buffered: true });
}
