import { setTimeout as pause } from 'node:timers/promises';
import type { HTTPRequest, Page } from 'puppeteer';

const POLL_MS = 50;

/** What a page is still waiting for. */
export class Traffic {
  readonly #open = new Set<HTTPRequest>();
  #last = Date.now();

  constructor(page: Page) {
    page.on('request', (request) => {
      this.#last = Date.now();
      // Answers to a page that has been left are nobody's any more, and may never be told of.
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) this.#open.clear();
      if (!isUnanswered(request)) this.#open.add(request);
    });
    const end = (request: HTTPRequest) => {
      this.#last = Date.now();
      this.#open.delete(request);
    };
    // What follows its head may never be read by the page, and then does not end.
    page.on('response', (response) => end(response.request()));
    page.on('requestfailed', end);
  }

  /** Waits until nothing has been asked for, or answered, for as long as `quietMs`; for at most `mostMs`. */
  async quiet(quietMs: number, mostMs: number): Promise<void> {
    const since = Date.now();
    while (this.#open.size > 0 || Date.now() - Math.max(since, this.#last) < quietMs) {
      if (Date.now() - since > mostMs) return;
      await pause(POLL_MS);
    }
  }
}

/** Whether nobody waits for an answer: a beacon's. Firefox does not tell it from the rest. */
function isUnanswered(request: HTTPRequest): boolean {
  try {
    return request.resourceType() === 'ping';
  } catch {
    return false;
  }
}
