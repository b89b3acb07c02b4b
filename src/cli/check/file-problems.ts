import { isOwnCsp, splitPolicies } from '../../csp/own-csp-header';
import { closedCsp, workerScriptCsp } from '../../csp/document-csp';
import { difference, normalised } from './compare-locks';
import { get, isRedirect, type Answer } from './get';
import { partProblems, policyFileProblems, workerBuildProblems } from './build-problems';
import { linesOf, locksOf, workerOf, type OwnScript, type Site } from './site';
import { permits } from './source-lists';

const SCRIPT_TYPE = /^(text|application)\/(x-)?(java|ecma)script\b/i;

/** The page's script: as its tag has it, and as it was sent. */
export interface ServedScript extends OwnScript {
  /** Undefined where its worker is none of the site's, so that it is of no use. */
  answer?: Answer;
}

/** What is wrong with the gatekeeper's files, and how they are sent. */
export async function filesProblems(site: Site, script: ServedScript | undefined): Promise<string[]> {
  const { page } = site;
  const problems = [...tagProblems(script)];
  const worker = workerOf(site, script);
  if (worker.origin !== page.url.origin)
    return [
      `${worker.href} is on another origin, and browsers take workers from the site's own only. Serve it there, and say where on the tag: data-worker="/gatekeeper-sw.js".`,
    ];
  const answer = await get(worker, { 'Service-Worker': 'script' });
  if (script?.answer)
    problems.push(
      ...fileProblems(script.answer),
      ...policyFileProblems(site, script.answer),
      ...(await partsProblems(script, script.answer)),
      ...workerBuildProblems(script.answer, answer),
    );
  return [...problems, ...workerProblems(site, answer)];
}

/** Whether the page has the tag of the gatekeeper's script. */
export function* tagProblems(script: OwnScript | undefined): Generator<string> {
  if (!script)
    yield 'The document has no <script src="/gatekeeper.js"></script>. Put it first in <head>; unless a bundle of your own takes its place.';
}

/** The files that the page's script loads, and those that they load. */
async function partsProblems(script: OwnScript, page: Answer): Promise<string[]> {
  const problems: string[] = [];
  const loaders = [page];
  for (const part of ['on-demand', 'interface', 'preferences', 'diagnosis']) {
    const name = `gatekeeper-${part}.js`;
    const loader = loaders.find(({ text }) => text.includes(name));
    if (!loader) continue;
    const loaded = await get(script.addressOf(`data-${part}`, name));
    loaders.push(loaded);
    problems.push(...fileProblems(loaded), ...partProblems(loader, name, loaded));
  }
  return problems;
}

function* fileProblems({ url, status, headers }: Answer): Generator<string> {
  const type = headers.get('content-type');
  if (status >= 400) yield `${url.href} is answered with ${status}. Put the file there that "build" has written.`;
  else if (status < 300 && !SCRIPT_TYPE.test(type ?? ''))
    yield `${url.href} is sent as ${type ?? 'no type'}. Send it as text/javascript${/html/.test(type ?? '') ? '; it may be a page that says that there is no such file' : ''}.`;
}

function* workerProblems(site: Site, answer: Answer): Generator<string> {
  const { policy, page } = site;
  const { url, headers } = answer;
  if (isRedirect(answer)) {
    yield `${url.href} is redirected to ${headers.get('location')}: browsers take no worker from there. Serve it at its own address.`;
    return;
  }
  const missing = [...fileProblems(answer)];
  yield* missing;
  if (missing.length > 0) return;
  const scope = new URL(headers.get('service-worker-allowed') ?? '.', url).pathname;
  if (!page.url.pathname.startsWith(scope))
    yield `${url.href} may not control ${page.url.pathname}. Serve it from the root, or send it with "Service-Worker-Allowed: /".`;
  const caching = headers.get('cache-control') ?? '';
  if (!/no-cache|no-store|max-age=0\b/i.test(caching))
    yield `${url.href} is sent ${caching ? `with "Cache-Control: ${caching}"` : 'without Cache-Control'}: a new policy may come late. Send "Cache-Control: no-cache".`;
  const policies = splitPolicies(headers.get('content-security-policy'));
  const own = policies.filter(isOwnCsp);
  for (const csp of policies.filter((other) => !isOwnCsp(other))) {
    if (!permits(csp, ['connect-src', 'default-src'], page.url, page.url))
      yield `${url.href} is sent with a policy of the site's own that lets it fetch nothing of the site (${csp}). Leave it out there.`;
  }
  const { inHeader, inTags } = locksOf(site);
  const documents = policy ? [closedCsp(policy)] : [...inHeader, ...inTags];
  // Without a policy, only the documents tell whether there is to be one.
  if (policy ? policy.wall === 'off' : documents.length === 0) return;
  const isNamedOtherwise = !url.pathname.endsWith('/gatekeeper-sw.js');
  const send = `What to send: ${isNamedOtherwise ? `npx cookie-gatekeeper lock ${site.file} --worker` : linesOf(site)}`;
  if (own.length === 0) yield `${url.href} is sent without its own lock. ${send}`;
  else if (own.length > 1) yield `${url.href} is sent with ${own.length} locks. ${send}`;
  else if (documents.map(normalised).includes(normalised(own[0]!)))
    yield `${url.href} is sent with the documents' lock in the place of its own. ${send}`;
  else if (policy && normalised(own[0]!) !== normalised(workerScriptCsp(policy)))
    yield `${url.href} is sent with the lock of another policy (${difference(own[0]!, workerScriptCsp(policy))}). ${send}`;
}
