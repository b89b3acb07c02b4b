import { isOwnCsp, splitPolicies } from '../../csp/own-csp-header';
import { closedCsp, workerScriptCsp } from '../../csp/document-csp';
import { difference, normalised } from './compare-locks';
import { get, isRedirect, type Answer } from './get';
import { partProblems, policyFileProblems, workerBuildProblems } from './build-problems';
import { linesOf, locksOf, workerOf, type OwnScript, type Site } from './site';
import { permits } from './source-lists';
import { note, problem, type Finding } from './finding';
import { tagProblems } from './tag-problems';
import { shellWord } from '../shell-word';

const SCRIPT_TYPE = /^(text|application)\/(x-)?(java|ecma)script\b/i;

/** The page's script: as its tag has it, and as it was sent. */
export interface ServedScript extends OwnScript {
  /** Undefined where it is of another host, and could not be had. */
  answer?: Answer;
}

/** Asks for a built file as the page does: one of another host is asked for with the page's origin. */
export function getFile({ page }: Site, url: URL): Promise<Answer> {
  return get(url, url.origin === page.url.origin ? {} : { Origin: page.url.origin });
}

/** What is wrong with the gatekeeper's files, and how they are sent. */
export async function filesProblems(site: Site, script: ServedScript | undefined): Promise<Finding[]> {
  const worker = workerOf(site, script);
  const isElsewhere = worker.origin !== site.page.url.origin;
  if (isElsewhere && site.policy?.lock !== 'tag')
    return [
      problem(
        'worker-other-origin',
        `${worker.href} is on another origin, and browsers take workers from the site's own only.`,
        'Serve it there, and say where on the tag: data-worker="/gatekeeper-sw.js".',
        worker,
      ),
    ];
  const scripts = [...(await tagProblems(site, script)), ...(script ? await scriptProblems(site, script) : [])];
  if (isElsewhere)
    return [...scripts, withoutWorker(`${worker.href} is on another origin, from which browsers take none`, worker)];
  const answer = await get(worker, { 'Service-Worker': 'script' });
  if (answer.status >= 400 && site.policy?.lock === 'tag')
    return [...scripts, withoutWorker(`${worker.href} is answered with ${answer.status}`, worker)];
  const builds = script?.answer ? workerBuildProblems(script.answer, answer) : [];
  return [...scripts, ...builds, ...workerProblems(site, answer)];
}

/** The tag alone guards a page without a worker, and less of it. */
function withoutWorker(why: string, worker: URL): Finding {
  return note(
    'worker-optional',
    `There is no worker: ${why}. The tag alone guards the page, but not from what browsers look for ahead of the first script (images, scripts and style sheets in the markup), nor from what only workers see, nor what a page was opened to in the history.`,
    'To have these closed too, serve gatekeeper-sw.js from the site\'s own host, and say where on the tag: data-worker="/gatekeeper-sw.js". Without it, write third parties\' tags as inert markup.',
    worker,
  );
}

async function scriptProblems(site: Site, script: ServedScript): Promise<Finding[]> {
  if (!script.answer)
    return [
      problem(
        'file-unreachable',
        `${script.url.href} could not be asked for.`,
        'See that its host answers everybody.',
        script.url,
      ),
    ];
  return [
    ...fileProblems(script.answer),
    ...otherHostProblems(site, script, script.answer),
    ...policyFileProblems(site, script.answer),
    ...(await partsProblems(site, script, script.answer)),
  ];
}

/** Whether a script of another host is sent, and asked for, so that browsers can tell it and what it loads from any other. */
function* otherHostProblems({ page }: Site, script: OwnScript, { url, headers }: Answer): Generator<Finding> {
  const { origin } = page.url;
  if (url.origin === origin) return;
  if (!script.isAskedForByCors)
    yield problem(
      'tag-without-crossorigin',
      `The tag of ${url.href} has no crossorigin, so that what it loads from there is not taken.`,
      `Write it: <script src="${url.href}" crossorigin></script>`,
      url,
    );
  const allowed = headers.get('access-control-allow-origin');
  if (allowed !== '*' && allowed !== origin)
    yield problem(
      'file-not-shared',
      `${url.href} is sent ${allowed === null ? 'without Access-Control-Allow-Origin' : `with "Access-Control-Allow-Origin: ${allowed}"`}, and browsers do not run it on ${origin}.`,
      'Send "Access-Control-Allow-Origin: *" with all files of its folder.',
      url,
    );
}

/** The files that the page's script loads, and those that they load. */
async function partsProblems(site: Site, script: OwnScript, page: Answer): Promise<Finding[]> {
  const problems: Finding[] = [];
  const loaders = [page];
  for (const part of ['on-demand', 'interface', 'preferences', 'diagnosis']) {
    const name = `gatekeeper-${part}.js`;
    const loader = loaders.find(({ text }) => text.includes(name));
    if (!loader) continue;
    const loaded = await getFile(site, script.addressOf(`data-${part}`, name));
    loaders.push(loaded);
    problems.push(...fileProblems(loaded), ...partProblems(loader, name, loaded));
  }
  return problems;
}

function* fileProblems({ url, status, headers }: Answer): Generator<Finding> {
  const type = headers.get('content-type');
  if (status >= 400)
    yield problem(
      'file-missing',
      `${url.href} is answered with ${status}.`,
      'Put the file there that "build" has written.',
      url,
    );
  else if (status < 300 && !SCRIPT_TYPE.test(type ?? ''))
    yield problem(
      'file-type',
      `${url.href} is sent as ${type ?? 'no type'}.`,
      `Send it as text/javascript${/html/.test(type ?? '') ? '; it may be a page that says that there is no such file' : ''}.`,
      url,
    );
}

function* workerProblems(site: Site, answer: Answer): Generator<Finding> {
  const { policy, page } = site;
  const { url, headers } = answer;
  if (isRedirect(answer)) {
    yield problem(
      'worker-redirected',
      `${url.href} is redirected to ${headers.get('location')}: browsers take no worker from there.`,
      'Serve it at its own address.',
      url,
    );
    return;
  }
  const missing = [...fileProblems(answer)];
  yield* missing;
  if (missing.length > 0) return;
  const scope = new URL(headers.get('service-worker-allowed') ?? '.', url).pathname;
  if (!page.url.pathname.startsWith(scope))
    yield problem(
      'worker-scope',
      `${url.href} may not control ${page.url.pathname}.`,
      'Serve it from the root, or send it with "Service-Worker-Allowed: /".',
      url,
    );
  const caching = headers.get('cache-control') ?? '';
  if (!/no-cache|no-store|max-age=0\b/i.test(caching))
    yield problem(
      'worker-cached',
      `${url.href} is sent ${caching ? `with "Cache-Control: ${caching}"` : 'without Cache-Control'}: a new policy may come late.`,
      'Send "Cache-Control: no-cache".',
      url,
    );
  const policies = splitPolicies(headers.get('content-security-policy'));
  const own = policies.filter(isOwnCsp);
  for (const csp of policies.filter((other) => !isOwnCsp(other))) {
    if (!permits(csp, ['connect-src', 'default-src'], page.url, page.url))
      yield problem(
        'worker-fetches-nothing',
        `${url.href} is sent with a policy of the site's own that lets it fetch nothing of the site (${csp}).`,
        'Leave it out there.',
        url,
      );
  }
  const { inHeader, inTags } = locksOf(site);
  const documents = policy ? [closedCsp(policy)] : [...inHeader, ...inTags];
  // Without a policy, only the documents tell whether there is to be one.
  if (policy ? policy.wall === 'off' : documents.length === 0) return;
  const isNamedOtherwise = !url.pathname.endsWith('/gatekeeper-sw.js');
  const send = `What to send: ${isNamedOtherwise ? `npx cookie-gatekeeper lock ${shellWord(site.file)} --worker` : linesOf(site)}`;
  if (own.length === 0) {
    const missing = problem('worker-lock-missing', `${url.href} is sent without its own lock.`, send, url);
    // A worker of the site's own may need what the lock forbids it.
    yield { ...missing, fails: site.workerUrl === undefined };
  } else if (own.length > 1)
    yield problem('worker-lock-repeated', `${url.href} is sent with ${own.length} locks.`, send, url);
  else if (documents.map(normalised).includes(normalised(own[0]!)))
    yield problem(
      'worker-lock-of-documents',
      `${url.href} is sent with the documents' lock in the place of its own.`,
      send,
      url,
    );
  else if (policy && normalised(own[0]!) !== normalised(workerScriptCsp(policy)))
    yield problem(
      'worker-lock-other-policy',
      `${url.href} is sent with the lock of another policy (${difference(own[0]!, workerScriptCsp(policy))}).`,
      send,
      url,
    );
}
