import { randomUuid } from '../../consent/random-uuid';
import { findServices } from '../../requests/find-service';
import { indexPolicy } from '../../requests/index-policy';
import type { PageContext } from '../page-context';
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

/**
 * Lists also what was let through past the worker although no service declares it: frames, and what was loaded before the
 * worker was there. Says in the console, once, of each origin that it is not declared.
 */
export function listUndeclared({ gatekeeper, terms, log }: PageContext): void {
  const rules = indexPolicy(terms);
  const site = new URL(location.href);
  const said = new Set<string>();
  const say = (url: string) => {
    const { origin } = new URL(url);
    if (said.has(origin)) return;
    said.add(origin);
    console.info(
      `cookie-gatekeeper: ${origin} is not declared by any service of the policy. It was let through (undeclared: "report").`,
    );
  };
  const isListed = (name: string) => gatekeeper.undeclared.some(({ url }) => url === name);
  const list = ({ name, initiatorType, startTime }: PerformanceResourceTiming) => {
    const url = webUrl(name)?.replace(/#.*/, '');
    if (
      !url ||
      new URL(url).origin === site.origin ||
      findServices(new URL(url), rules, site).length > 0 ||
      isListed(url)
    )
      return;
    const time = Math.round(performance.timeOrigin + startTime);
    log.note({
      type: 'undeclared',
      request: { id: randomUuid(), url, destination: DESTINATIONS[initiatorType] ?? '', time },
    });
  };
  gatekeeper.undeclared.forEach(({ url }) => say(url));
  gatekeeper.addEventListener('undeclared', ({ detail }) => say(detail.url));
  new PerformanceObserver((entries) => (entries.getEntries() as PerformanceResourceTiming[]).forEach(list)).observe({
    type: 'resource',
    buffered: true,
  });
}
