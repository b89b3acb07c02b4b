import type { CDPSession, HTTPRequest, HTTPResponse, Page, Protocol, Target } from 'puppeteer';
import { declaredDays } from './declared-days';
import type { Note } from './in-page/page-scripts';
import type { Contact, Pass, Writer } from './observation';

/** What is said of a request that was not let out: nothing, for Chromium's Content-Security-Policy; a network error, by a worker. */
const HELD = /^$|BLOCKED_BY|^net::ERR_FAILED$|CONTENT_BLOCKED|NS_ERROR_(CSP|INTERCEPTION)/;
/** Addresses that are nobody's. */
const LOCAL = /^(data|blob|about|chrome|chrome-extension|javascript|filesystem|moz-extension|resource):/;
const LONGEST_CHAIN = 12;

/** What has happened on a page since the recording was taken over. */
export interface Recording {
  contacts: Contact[];
  writers: Writer[];
}

type Initiator = Protocol.Network.Initiator | undefined;

/**
 * Records what a page and everything in it asks others for: requests, frames, workers and sockets, with what led to them.
 * Sockets, and what shared and service workers ask for, are only seen in Chromium.
 */
export class PageRecorder {
  readonly #found = new Map<HTTPRequest | string, Omit<Contact, 'chain'>>();
  /** What asked for an address first. */
  readonly #causes = new Map<string, string>();
  #writers: Writer[] = [];
  #pass: Pass = 'untouched';

  private constructor(readonly page: Page) {}

  static async on(page: Page): Promise<PageRecorder> {
    const recorder = new PageRecorder(page);
    page.on('request', (request) =>
      recorder.#add(request, kindOf(request, page), request.url(), causeOfRequest(request)),
    );
    page.on('requestfailed', (request) => {
      const contact = recorder.#found.get(request);
      if (contact && HELD.test(request.failure()?.errorText ?? '')) contact.held = true;
    });
    page.on('response', (response) => recorder.#addCookies(response));
    const session = await page.createCDPSession().catch(() => undefined);
    if (!session) return recorder;
    page.on('workercreated', (worker) =>
      watchSockets(worker.client, (url, initiator) => recorder.#addSocket(url, initiator)),
    );
    watchSockets(session, (url, initiator) => recorder.#addSocket(url, initiator));
    await session.send('Network.enable');
    page.browser().on('targetcreated', (target) => void recorder.#watchTarget(target));
    return recorder;
  }

  /** What is recorded from now on is of this pass. */
  begin(pass: Pass): void {
    this.#pass = pass;
    this.#found.clear();
  }

  /** Adds what the page's markup and headers tell the browser to connect to without asking for anything. */
  addHints(urls: readonly string[]): void {
    for (const url of urls) this.#add(`hint ${url}`, 'preconnect', url, undefined);
  }

  /** Adds what the page's own scripts were seen to store and to ask for. */
  addNotes({ stored, asked }: { stored: readonly Note[]; asked: readonly Note[] }): void {
    for (const { name, by, line } of stored)
      this.#writers.push({ name, by, days: line === undefined ? undefined : declaredDays(line) });
    for (const { name, by } of asked) this.#causes.set(name, by);
  }

  /** What was recorded, which is then forgotten. */
  take(): Recording {
    const contacts = [...this.#found.values()].map((contact) => ({ ...contact, chain: this.#chain(contact) }));
    const taken = { contacts, writers: this.#writers };
    this.#found.clear();
    this.#causes.clear();
    this.#writers = [];
    return taken;
  }

  #add(key: HTTPRequest | string, kind: string, url: string, by: string | undefined): void {
    if (LOCAL.test(url)) return;
    if (by && by !== url && !this.#causes.has(url)) this.#causes.set(url, by);
    this.#found.set(key, { pass: this.#pass, page: this.page.url(), url, kind, held: false });
  }

  #addSocket(url: string, initiator: Initiator): void {
    this.#add(`socket ${url}`, 'socket', url, causeOf(initiator));
  }

  #chain({ url, page }: Pick<Contact, 'url' | 'page'>): string[] {
    const chain: string[] = [];
    for (let at = this.#causes.get(url); at && at !== page && chain.length < LONGEST_CHAIN; at = this.#causes.get(at)) {
      if (chain.includes(at)) break;
      chain.unshift(at);
    }
    return [page, ...chain.filter((address) => !LOCAL.test(address))];
  }

  #addCookies(response: HTTPResponse): void {
    const lines = response.headers()['set-cookie'];
    for (const line of lines?.split('\n') ?? [])
      this.#writers.push({
        name: line.slice(0, line.indexOf('=')).trim(),
        by: response.url(),
        days: declaredDays(line),
      });
  }

  async #watchTarget(target: Target): Promise<void> {
    if (!/^(service|shared)_worker$/.test(target.type()) || target.browserContext() !== this.page.browserContext())
      return;
    // A worker may be gone before it can be watched.
    const session = await target.createCDPSession().catch(() => undefined);
    session?.on('Network.requestWillBeSent', ({ requestId, request, initiator }) =>
      this.#add(`worker ${requestId}`, 'worker', request.url, causeOf(initiator)),
    );
    if (session) watchSockets(session, (url, initiator) => this.#addSocket(url, initiator));
    await session?.send('Network.enable').catch(() => undefined);
  }
}

function watchSockets(session: CDPSession | undefined, found: (url: string, initiator: Initiator) => void): void {
  session?.on('Network.webSocketCreated', ({ url, initiator }) => found(url, initiator));
}

function kindOf(request: HTTPRequest, page: Page): string {
  const type = typeOf(request);
  // A frame that is not attached yet has no parent, and may not be known at all.
  if (type === 'document') return request.frame() === page.mainFrame() ? 'document' : 'frame';
  return type === 'websocket' ? 'socket' : type;
}

/** Firefox tells navigations from the rest, and nothing else. */
function typeOf(request: HTTPRequest): string {
  try {
    return request.resourceType();
  } catch {
    return request.isNavigationRequest() ? 'document' : 'request';
  }
}

/** The address that has sent it on, or of what asked. */
function causeOfRequest(request: HTTPRequest): string | undefined {
  return request.redirectChain().at(-1)?.url() ?? causeOf(request.initiator());
}

/**
 * The address of what asked: the innermost script, or the document or style sheet whose text it stands in. A worker may have
 * been made of text (`blob:`).
 */
function causeOf(initiator: Initiator): string | undefined {
  for (let stack = initiator?.stack; stack; stack = stack.parent) {
    const frame = stack.callFrames.find(({ url }) => isCause(url) && !/^pptr:|__puppeteer/.test(url));
    if (frame) return frame.url;
  }
  return initiator?.url && isCause(initiator.url) ? initiator.url : undefined;
}

function isCause(url: string): boolean {
  return url.startsWith('blob:') || (url !== '' && !LOCAL.test(url));
}
