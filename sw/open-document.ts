import { openServices, consentedCsp, originsOf } from '../src/csp/document-csp';
import { documentAccess, writeServerTiming } from '../src/csp/document-access';
import { isLeftOut } from '../src/requests/is-left-out';
import { stripReportEndpoints } from '../src/csp/strip-report-endpoints';
import { isOwnCsp, splitPolicies } from '../src/csp/own-csp-header';
import type { CompiledService } from '../src/compiled-policy/compiled-policy';
import { decideForPage, type ReadyState } from './decide-for-page';
import type { WorkerState } from './respond-to';
import { endingWorker } from './end-worker';
import { firstBytes, wholeText } from './arrival';
import { failed, isFailure, sound } from './failure';
import { hasOwnScript } from './has-own-script';
import { keptAlive } from './keep-alive';

const CSP = 'content-security-policy';
/**
 * Types of documents that can run scripts or hold frames. Browsers look into what has no type, or none that can be one.
 * @see https://mimesniff.spec.whatwg.org/#determining-the-computed-mime-type-of-a-resource
 */
const DOCUMENT = /^[^/]*([,;(\s]|$)|html|xml|xsl|^\*\/\*|unknown/i;
/** What browsers save. Without the semicolon before a file's name, Chromium shows it. */
const SAVED = /^attachment\s*(;|$)/i;
/** Browsers go where these lead, and show what any other answer has. */
const REDIRECT = /^30[12378]$/;
/** What asks for the scripts of workers. */
export const WORKER = /worker$/;

/**
 * Requests, by their clients and addresses, that are left to the browser when they come again: only it can ask for a password, or
 * say what went wrong. A client keeps its id over a redirect. One that was given up meanwhile never comes, and no other takes its place.
 */
const leftToBrowser = new Set<string>();
const keyOf = ({ request, resultingClientId: page }: FetchEvent) => `${page} ${request.url}`;

/** What becomes of what the site's own listeners answer a request with. */
export type AnswersWay = 'pass' | 'are opened' | 'are left out';

/**
 * What becomes of the answers to a request for a document. What was left to the browser is answered by nobody, this once, and
 * what the policy leaves out by whoever does. It leaves pages out: a script that a guarded page has asked for is the page's.
 */
export function wayOfAnswers(event: FetchEvent, { policy, unguarded }: WorkerState): AnswersWay {
  const { request, resultingClientId: page } = event;
  if (policy && !WORKER.test(request.destination) && isLeftOut(policy, new URL(request.url))) {
    unguarded.add(page);
    return 'pass';
  }
  // A page that is left out may have led here: over a redirect, a client keeps its id.
  unguarded.delete(page);
  return request.method === 'GET' && leftToBrowser.delete(keyOf(event)) ? 'are left out' : 'are opened';
}

/**
 * Serves a document, or the script of one of the site's workers, with the wall in place of the lock.
 * When anything goes wrong the response is served as it came: with its lock, so closed. What may have none is not served.
 * @param answer what it was answered with, by a listener of the site's own or from the network
 * @throws (rejects) as the answer does, or when it is none: a network error then, as without us
 */
export async function openDocument(
  event: FetchEvent,
  state: WorkerState,
  answer: Response | PromiseLike<Response>,
): Promise<Response> {
  const { request, resultingClientId: page } = event;
  const { consent } = state;
  if (request.destination === 'document') consent.passes.open(withoutFragment(request.url), page);
  // The page that changed the record may have gone away before it could tell. Read while the network is waited for, it
  // delays nothing.
  const [response] = await Promise.all([
    needsUs(request, state) ? sound(answer, request) : answer,
    consent.refreshed(),
  ]);
  if (request.signal.aborted) return Response.error();
  if (response.status === 401 && response.headers.has('www-authenticate')) return askAgain(event, state, response);
  try {
    const { policy } = state;
    const unopened = await leftClosed(response, event, state);
    if (unopened || !policy) return unopened ?? response;
    // What is decided until it begins counts for it, and nobody could tell it later. What is open to nobody who may be refused
    // is not held up.
    const isOpen = openServices(consent.of(page), policy).some(mayBeRefused);
    const isScript = WORKER.test(request.destination);
    const script = isScript ? await wholeText(response) : '';
    if (isOpen && !isScript) await firstBytes(response);
    return request.signal.aborted ? Response.error() : opened(response, event, { ...state, policy }, script);
  } catch (error) {
    console.error('cookie-gatekeeper could not open:', request.url, error);
    return needsUs(request, state) || state.unlocked.has(page) ? failed() : response;
  }
}

/** Never rejects: where the network fails, the browser is told to ask again, and says itself what went wrong. */
export async function load(event: FetchEvent, state: WorkerState): Promise<Response> {
  const preloaded = (event.preloadResponse as Promise<Response | undefined>).catch(() => undefined);
  return (await preloaded) ?? fetch(event.request).catch(() => askAgain(event, state));
}

/** @param answer stands where it cannot be asked again: what a form posts must not be posted twice */
function askAgain(event: FetchEvent, state: WorkerState, answer?: Response): Response {
  const { request } = event;
  const { url, method } = request;
  if (needsUs(request, state)) return answer ?? failed();
  if (answer && method !== 'GET') return answer;
  leftToBrowser.add(keyOf(event));
  return comeAgain(url, answer);
}

/** Whether nobody else closes it: it came without a lock if the browser asked for it by itself. */
function needsUs({ destination }: Request, { policy }: WorkerState): boolean {
  return WORKER.test(destination) || (policy?.lock === 'tag' && destination !== 'document');
}

/** @param answer that nobody reads: until it is given up, it keeps its connection, and its server sending */
function comeAgain(url: string, answer?: Response): Response {
  void answer?.body?.cancel();
  return Response.redirect(url, 307);
}

/** @returns the answer where it is no document that is to be opened; undefined where it is */
async function leftClosed(response: Response, event: FetchEvent, state: WorkerState): Promise<Response | undefined> {
  const { request, resultingClientId: page } = event;
  const { policy, unguarded, unlocked } = state;
  if (!policy || isForTheBrowser(response, request)) return response;
  const { headers } = response;
  const isScript = WORKER.test(request.destination);
  const isFetched = response.type === 'basic';
  // An answer that is made anew has the address that was asked for, and a worker's imports start from where it is.
  const isElsewhere = isScript && response.url !== withoutFragment(request.url);
  if (isFetched && isElsewhere) return comeAgain(response.url, response);
  const type = headers.get('content-type') ?? '';
  // Firefox shows a stream of pictures only where it has fetched it itself.
  if (/^multipart\//i.test(type)) return askAgain(event, state, response);
  const isLocked = splitPolicies(headers.get(CSP)).some(isOwnCsp);
  const isDocument = isLocked || isScript || DOCUMENT.test(type);
  // A worker's script is run, whatever else its answer says.
  const isSaved = !isScript && SAVED.test(headers.get('content-disposition') ?? '');
  if (!isDocument || isSaved) return answer(response, headers);
  // What the site's own worker has made has no lock, and is the site's own.
  if (isLocked || isScript || !isFetched || policy.wall === 'off' || policy.lock !== 'header') return undefined;
  if (await hasOwnScript(response, request.url)) {
    unlocked.add(page);
    return undefined;
  }
  // Not the site's own page: somebody else's behind the same host, such as a CDN's challenge, or one that nobody guards.
  unguarded.add(page);
  return answer(response, headers);
}

/** Redirects and errors pass untouched: the browser handles each of their steps itself. */
function isForTheBrowser(response: Response, request: Request): boolean {
  return isFailure(response, request) || response.type === 'opaqueredirect' || REDIRECT.test(`${response.status}`);
}

function opened(
  response: Response,
  { request, resultingClientId: page }: FetchEvent,
  state: ReadyState,
  script: string,
): Response {
  const { policy, consent, others, blankMetaLock } = state;
  const current = consent.of(page);
  const services = openServices(current, policy);
  const timing = documentAccess(services, current, policy);
  if (policy.wall === 'off' && timing.once.length === 0) return response;
  const changed = new Headers(response.headers);
  changed.append('server-timing', writeServerTiming(timing));
  if (policy.wall === 'off') return answer(response, changed);
  if (isFetchedAhead(request) && services.some(mayBeRefused)) return declined(response);
  const isReplaced = (csp: string) => {
    const isOurs = !others.mayBeNewer(csp);
    if (!isOurs) others.note(page, csp);
    return isOurs;
  };
  const kept = splitPolicies(changed.get(CSP)).filter((csp) => !isOwnCsp(csp) || !isReplaced(csp));
  const isShared = request.destination === 'sharedworker';
  const open = isShared ? services.map(withoutSockets) : services;
  // A cache may have kept it with the lock of a policy that was open to more. Whose script greets us is compared, and others never.
  if (request.destination !== 'document' || !kept.some(isOwnCsp))
    changed.set(CSP, [...kept, consentedCsp(open, policy, location.origin)].join(', '));
  stripReportEndpoints(changed, (url) => isRefused(url, request.url, page, state));
  // A page may carry the lock in its HTML, where headers cannot be set.
  const isHtml = /html/i.test(changed.get('content-type') ?? '');
  if (isHtml) return answer(response, changed, blankMetaLock?.(isReplaced));
  const mayEnd = WORKER.test(request.destination) && originsOf(services).length > 0;
  if (!mayEnd) return answer(response, changed);
  changed.delete('content-length');
  return answer(response, changed, endingWorker(services, timing, script, isShared));
}

/** Whether it is open to somebody elsewhere whom a later decision may refuse. */
function mayBeRefused({ need, origins }: CompiledService): boolean {
  return need !== 'necessary' && origins.some((origin) => !origin.startsWith('/'));
}

/** By speculation rules, to be shown later if at all. */
export function isFetchedAhead({ headers }: Request): boolean {
  return headers.has('sec-purpose');
}

/**
 * A document that is fetched ahead would be shown under a later decision than the one that opened it, and what browsers
 * load of it before its first script runs can be redirected past us. Browsers that are answered so fetch it when it is visited.
 * @see https://wicg.github.io/nav-speculation/prefetch.html
 */
function declined(response: Response): Response {
  void response.body?.cancel();
  return new Response(null, { status: 503 });
}

/** A shared worker is told of a withdrawal, and may not hear of it: it is never opened to sockets, which the gate would not see. */
function withoutSockets(service: CompiledService): CompiledService {
  if (service.need === 'necessary') return service;
  return { ...service, origins: service.origins.filter((origin) => !origin.startsWith('ws')) };
}

/** The same response with other headers. Where it cannot be made anew, its body is not taken before that is known. */
function answer(response: Response, headers: Headers, transform?: TransformStream<Uint8Array, Uint8Array>): Response {
  const { status, statusText, body } = response;
  const init = { status, statusText, headers: withOneType(headers) };
  if (!body) return new Response(null, init);
  new Response('', init);
  const passed = keptAlive(body);
  return new Response(transform ? passed.pipeThrough(transform) : passed, init);
}

/** Of several types, browsers take the last that is one; written into one line, as they are here, they would take it for none. */
function withOneType(headers: Headers): Headers {
  const last = headers
    .get('content-type')
    ?.split(',')
    .findLast((type) => /\w\//.test(type));
  if (!last) return headers;
  const changed = new Headers(headers);
  changed.set('content-type', last);
  return changed;
}

function withoutFragment(url: string): string {
  return url.replace(/#.*/, '');
}

/** @param url as a site may write it in a header: relative to its document, or none at all */
function isRefused(url: string, document: string, page: string, state: ReadyState): boolean {
  try {
    return decideForPage(page, new URL(url, document).href, state).action === 'refuse';
  } catch {
    return true;
  }
}
