import { isOwnCsp, splitPolicies } from '../../csp/own-csp-header';
import { closedCsp, workerScriptCsp } from '../../csp/document-csp';
import { difference, normalised } from './compare-locks';
import { get, isRedirect, type Answer } from './get';
import { linesOf, type OwnScript, type Site } from './site';
import { permits } from './source-lists';

const SCRIPT_TYPE = /^(text|application)\/(x-)?(java|ecma)script\b/i;

/** What is wrong with the gatekeeper's files, and how they are sent. */
export async function filesProblems(site: Site, script: OwnScript | undefined): Promise<string[]> {
  const { page } = site;
  const problems: string[] = [];
  const url = script?.url ?? new URL('/gatekeeper.js', page.url);
  if (!script)
    problems.push(
      'The document has no <script src="/gatekeeper.js"></script>. Put it first in <head>; unless a bundle of your own takes its place.',
    );
  const worker = script?.addressOf('data-worker', 'gatekeeper-sw.js') ?? new URL('gatekeeper-sw.js', url);
  if (worker.origin !== page.url.origin)
    return [
      `${worker.href} is on another origin, and browsers take workers from the site's own only. Serve it there, and say where on the tag: data-worker="/gatekeeper-sw.js".`,
    ];
  if (script) {
    const { text, ...answer } = await get(url);
    problems.push(...fileProblems({ text, ...answer }));
    let known = text;
    for (const part of ['on-demand', 'interface', 'preferences', 'diagnosis']) {
      if (!known.includes(`gatekeeper-${part}.js`)) continue;
      const loaded = await get(script.addressOf(`data-${part}`, `gatekeeper-${part}.js`));
      known += loaded.text;
      problems.push(...fileProblems(loaded));
    }
  }
  return [...problems, ...workerProblems(site, await get(worker, { 'Service-Worker': 'script' }))];
}

function* fileProblems({ url, status, headers }: Answer): Generator<string> {
  const type = headers.get('content-type');
  if (status >= 400) yield `${url.href} is answered with ${status}. Put the file there that "build" has written.`;
  else if (status < 300 && !SCRIPT_TYPE.test(type ?? ''))
    yield `${url.href} is sent as ${type ?? 'no type'}. Send it as text/javascript${/html/.test(type ?? '') ? '; it may be a page that says that there is no such file' : ''}.`;
}

function* workerProblems(site: Site, answer: Answer): Generator<string> {
  const { rules, page } = site;
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
  for (const policy of policies.filter((other) => !isOwnCsp(other))) {
    if (!permits(policy, ['connect-src', 'default-src'], page.url, page.url))
      yield `${url.href} is sent with a policy of the site's own that lets it fetch nothing of the site (${policy}). Leave it out there.`;
  }
  if (rules.wall === 'off') return;
  const expected = normalised(workerScriptCsp(rules));
  const isNamedOtherwise = !url.pathname.endsWith('/gatekeeper-sw.js');
  const send = `What to send: ${isNamedOtherwise ? `npx cookie-gatekeeper lock ${site.file} --worker` : linesOf(site)}`;
  if (own.length === 0) yield `${url.href} is sent without its own lock. ${send}`;
  else if (own.length > 1) yield `${url.href} is sent with ${own.length} locks. ${send}`;
  else if (normalised(own[0]!) === normalised(closedCsp(rules)))
    yield `${url.href} is sent with the documents' lock in the place of its own. ${send}`;
  else if (normalised(own[0]!) !== expected)
    yield `${url.href} is sent with the lock of another policy (${difference(own[0]!, expected)}). ${send}`;
}
