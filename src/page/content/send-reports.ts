import { builtIn } from '../../dom/built-in';
import type { UndeclaredRequest } from '../../messages/messages';
import { KINDS, LONGEST_PAGE, MOST_REQUESTS, type Kind, type Report, type ReportedRequest } from '../../reports/report';
import { findServices } from '../../requests/find-service';
import { indexPolicy } from '../../requests/index-policy';
import type { PageContext } from '../page-context';

/** The kinds of what workers and browsers call otherwise. */
const KIND_OF: Record<string, Kind> = {
  '': 'connect',
  img: 'image',
  iframe: 'frame',
  child: 'frame',
  embed: 'object',
  audio: 'media',
  video: 'media',
  track: 'media',
  sharedworker: 'worker',
};

/**
 * Tells the site's server what was refused on this page and no service declares; where nothing is refused, all that would have
 * been. From the share of pages that the policy says. Once, when the page is hidden or left; what comes later, when it is again. What does not arrive is not sent again: it is
 * a sample. No query, no cookie, no referrer goes with it.
 */
export function sendReports({ gatekeeper, policy }: PageContext): void {
  if (Math.random() >= (policy.reportSampleRate ?? 1)) return;
  const indexed = indexPolicy(policy);
  const site = new URL(location.href);
  const known = new Set<string>();
  const waiting: ReportedRequest[] = [];
  const note = ({ url, destination }: UndeclaredRequest) => {
    const asked = new URL(url);
    const isNews = policy.reportOnly || findServices(asked, indexed, site).length === 0;
    if (!isNews || asked.origin === site.origin) return;
    const page = location.pathname.slice(0, LONGEST_PAGE);
    const request = { origin: asked.origin, kind: kindOf(destination), page };
    const key = JSON.stringify(request);
    if (known.has(key) || known.size >= MOST_REQUESTS) return;
    known.add(key);
    waiting.push(request);
  };
  const send = () => {
    if (waiting.length > 0) void post(location.origin + policy.reports!, { requests: waiting.splice(0) });
  };
  [...gatekeeper.refusals, ...gatekeeper.undeclared].forEach(note);
  for (const type of ['refusal', 'undeclared'] as const)
    gatekeeper.addEventListener(type, ({ detail }: CustomEvent<UndeclaredRequest>) => note(detail));
  builtIn(document).addEventListener('visibilitychange', () => {
    if (builtIn(document).hidden) send();
  });
  window.addEventListener('pagehide', send);
}

function kindOf(destination: string): Kind {
  return KINDS.find((kind) => kind === destination) ?? KIND_OF[destination] ?? 'other';
}

/** Goes on when the page is gone. Not a beacon: that would have cookies. */
async function post(url: string, report: Report): Promise<void> {
  await fetch(url, {
    method: 'POST',
    body: JSON.stringify(report),
    headers: { 'Content-Type': 'application/json' },
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    keepalive: true,
  }).catch(() => {});
}
