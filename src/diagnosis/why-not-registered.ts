import type { Explanation } from './index';
import { cspAdvice } from './csp-advice';
import { isScript, lookAt, violationOf } from './look-at';

/** An attempt to register the worker that has failed. */
export interface FailedRegistration {
  /** Absolute URL of the worker's script. */
  url: string;
  /** The pages that it was to guard: the absolute URL that theirs start with. */
  place: string;
  /** What the browser said; undefined where it was not asked. */
  cause: unknown;
  /** What a Content-Security-Policy forbade meanwhile. */
  violations: SecurityPolicyViolationEvent[];
  /** Whether our Trusted Types count. */
  isTrusted: boolean;
}

const RECIPES = 'docs/existing-worker.md ("One classic file") has a recipe for each bundler';
/** `import ... from`, `import "..."`, `export {...}` and the like, where a statement starts; `import(...)` is none. */
const MODULE =
  /(?:^|[;}])\s*(?:import(?:\s*[*{"']|\s+[\w$])|export(?:\s*[*{]|\s+(?:default|const|let|var|function|async|class)\b))/m;
const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** The browser only says that registering failed: looks at what it was given. */
export async function whyNotRegistered(failed: FailedRegistration): Promise<Explanation> {
  const { url, isTrusted, violations } = failed;
  if (!isTrusted)
    return [
      'trusted-types',
      'the site requires Trusted Types. Permit ours in its Content-Security-Policy: trusted-types cookie-gatekeeper.',
    ];
  if (!url.startsWith(`${location.origin}/`)) {
    return [
      'scope',
      `${url} is on another origin than this page, and a browser takes workers only from the site itself. Serve it there, and say where on the tag: data-worker="/gatekeeper-sw.js".`,
    ];
  }
  const forbidden = await violationOf(violations, url, /^(worker|child|script|default)-src/);
  if (forbidden) return ['csp', `${url} may not be a worker. ${cspAdvice(forbidden, 'worker')}`];
  const { response, violation } = await lookAt(url);
  if (violation)
    return ['csp', `${url} was not registered, and may not be looked at. ${cspAdvice(violation, 'connect')}`];
  return (
    (await whatIsServed(url, response)) ??
    (await whatIsInTheWay(failed)) ?? ['script-error', `${url} ${await whyNotStarted(url, await response!.text())}`]
  );
}

/** What is wrong with the answer for the worker's script. */
async function whatIsServed(url: string, response: Response | undefined): Promise<Explanation | undefined> {
  if (!response)
    return [
      'not-found',
      `${url} could not be reached. Is the network down, or does an extension of the browser hold it?`,
    ];
  const { ok, status, redirected, headers } = response;
  if (!ok) return ['not-found', `${url} is not there (status ${status}). ${await whereItIs(url)}`];
  if (redirected)
    return [
      'redirected',
      `${url} is redirected to ${response.url}. Browsers refuse that for workers: serve it at its own address.`,
    ];
  if (isScript(response)) return undefined;
  const type = headers.get('content-type');
  const isPage = /html/i.test(type ?? '')
    ? ` If that is a page of the site, which answers every address, the file is not there. ${await whereItIs(url)}`
    : '';
  return ['wrong-mime-type', `${url} is served as ${type}. Serve it as text/javascript.${isPage}`];
}

/** Often, only the other files were moved to a folder. */
async function whereItIs(url: string): Promise<string> {
  const atRoot = `/${url.split(/[?#]/)[0]!.split('/').at(-1)}`;
  const { href } = new URL(atRoot, location.origin);
  const { response } = href === url ? {} : await lookAt(href);
  return response && isScript(response)
    ? `It is at ${atRoot}: say so on the tag, data-worker="${atRoot}", or when it is built, build --worker-url ${atRoot}.`
    : `Put the worker's file there, or say on the tag where it is: data-worker="/gatekeeper-sw.js" (createGatekeeper: { worker }).`;
}

/** Why a worker that is there may not guard this page. */
async function whatIsInTheWay({ url, place, cause }: FailedRegistration): Promise<Explanation | undefined> {
  const folder = new URL('./', url).href;
  const ways = `Serve it at the site's root and say so on the tag, data-worker="/gatekeeper-sw.js"; or send it with the header Service-Worker-Allowed: / and say on the tag data-scope="/" (createGatekeeper: { worker, scope }).`;
  if (!location.href.startsWith(place)) {
    return [
      'scope',
      `${url} may not control this page: it is for pages below ${place}. ${folder === place ? ways : 'See data-scope on the tag, or the scope given to createGatekeeper.'}`,
    ];
  }
  const registration = await navigator.serviceWorker.getRegistration(place);
  const other = registration?.active?.scriptURL;
  if (registration?.scope === place && other && other !== url) return ['occupied', await whoIsThere(url, place, other)];
  if ((cause as Error | undefined)?.name !== 'SecurityError') return undefined;
  if (!place.startsWith(folder))
    return ['scope', `${url} may not control ${place}: by itself it is for pages below ${folder}. ${ways}`];
  return [
    'unsupported',
    `${url} is there, and this browser does not take it: it may block site data, or not trust the site's certificate.`,
  ];
}

async function whoIsThere(url: string, place: string, other: string): Promise<string> {
  const { response } = await lookAt(other);
  const isOurs = /gatekeeper/.test(other) && (!response?.ok || (await response.text()).includes('cookie-gatekeeper'));
  if (isOurs)
    return `${place} has an earlier worker of ours at another address, ${other}. A worker keeps its address: no hash in its name, data-worker="..." on the tag. To move it, unregister the old one (docs/how-it-works.md).`;
  return `${place} has a worker already. Put importScripts("${url}") at the top of ${other}, and say on the tag data-worker="${other}" (createGatekeeper: { worker: "${other}" }).`;
}

async function whyNotStarted(url: string, text: string): Promise<string> {
  if (MODULE.test(text.replace(COMMENTS, ''))) {
    return `is a module: it has import or export statements, and a worker has to be one classic file. Bundle it by itself, as "iife": ${RECIPES}.`;
  }
  for (const [, imported] of text.matchAll(/importScripts\(\s*["'`]([^"'`]+)["'`]/g)) {
    const { response } = await lookAt(new URL(imported!, url).href);
    if (response && !isScript(response))
      return `imports ${imported}, which is not there as a script (status ${response.status}, ${response.headers.get('content-type')}).`;
  }
  return `failed to start. Its own console says why: open its address, or the browser's list of service workers.`;
}
