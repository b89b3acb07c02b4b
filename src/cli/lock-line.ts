import type { Policy } from '../policy/schema';
import { NO_WAY_UP, requestTargets, STEPS_DOWN } from './request-targets';

/** The value that a header is to have, or that a server's lines are to send. */
type Lock = string;

/** What lines are made of: either may be left out, where it is sent by other means. */
interface Locks {
  documents?: Lock;
  worker?: Lock;
  /** What the targets of requests match, at their beginning, that are left alone. */
  excluded?: string;
}

/** How a policy's lock is meant to be sent: to hold, or only to report. */
export type LockMode = Policy['mode'];

/** What is said of these lines on every server. */
const ABOUT = {
  worker: 'The worker’s file has a lock of its own, and is asked for again each time.',
  reports: 'What would tell others of each visit, whatever the visitor has answered. Some proxies and CDNs add it.',
  excluded: 'Pages that the policy leaves alone ("exclude").',
  hints: 'If you send 103 Early Hints, send the documents’ policy with them too: preloads begin there.',
};

const SERVERS = { nginx: nginxLines, apache: apacheLines, caddy: caddyLines, express: expressLines };
type Server = keyof typeof SERVERS;
const SERVER_NAMES = Object.keys(SERVERS) as Server[];

export type LockFormat = 'header' | Server | 'meta';
/** How a lock can be printed: as the bare header value, as a server's lines, or as a tag. */
export const LOCK_FORMATS: readonly LockFormat[] = ['header', ...SERVER_NAMES, 'meta'];

export type WorkerLockFormat = 'header' | Server;
/** The same for the worker's own, which no document carries. */
export const WORKER_LOCK_FORMATS: readonly WorkerLockFormat[] = ['header', ...SERVER_NAMES];

/**
 * The lock as lines to paste. It is added to a Content-Security-Policy that the site has, never replaces it.
 * @param lock the header value, from `lockOf` or `build`
 * @param workerLock the worker's, from `workerLockOf` or `build`: a server's lines then send the worker's file with it, and
 * as it is to be cached. Without it, send that by other means
 * @param exclude the policy's paths that are left alone: a server's lines then send these without the lock
 * @param mode the policy's: under `report`, a server's lines send everything as Content-Security-Policy-Report-Only. A tag cannot
 * say that, so that there is none, and a comment says why
 */
export function lockLine(
  lock: Lock,
  format: LockFormat,
  workerLock?: Lock,
  exclude: readonly string[] = [],
  mode: LockMode = 'enforce',
): string {
  if (format === 'header') return lock;
  if (format === 'meta')
    return mode === 'report'
      ? NO_META
      : `<meta http-equiv="Content-Security-Policy" content="${lock.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`;
  return inMode(
    mode,
    SERVERS[format]({
      documents: lock,
      worker: workerLock,
      excluded: exclude.length > 0 ? requestTargets(exclude) : undefined,
    }),
  );
}

const NO_META =
  '<!-- cookie-gatekeeper: the policy says "mode": "report", and a <meta> cannot only report. So there is no tag yet: print it when the policy says "enforce". -->';

/** No origin has the header's name in it. */
function inMode(mode: LockMode, lines: string): string {
  return mode === 'report' ? lines.replace(/content-security-policy/gi, '$&-Report-Only') : lines;
}

/**
 * The worker's lock as lines to paste where documents carry theirs in the HTML.
 * @param lock the header value, from `workerLockOf` or `build`
 * @param mode as above
 */
export function workerLockLine(lock: Lock, format: WorkerLockFormat, mode: LockMode = 'enforce'): string {
  return format === 'header' ? lock : inMode(mode, SERVERS[format]({ worker: lock }));
}

function nginxLines({ documents = '', worker, excluded }: Locks): string {
  // As it was asked for: an index, or try_files, has nginx begin again with another $uri.
  const forExcluded =
    excluded &&
    `
# ${ABOUT.excluded}
if ($request_uri ~ "^${NO_WAY_UP}${excluded}") {
  set $gatekeeper_policy "";
}`;
  const forWorker =
    worker &&
    `
# ${ABOUT.worker}
if ($uri ~ "/gatekeeper-sw\\.js$") {
${setInNginx(worker, '  ')}
  set $gatekeeper_caching "no-cache";
}`;
  return `# Into server { … }. What the site sends already stays.
${setInNginx(documents)}${forExcluded ?? ''}
set $gatekeeper_caching "";${forWorker ?? ''}
# A location with an add_header of its own inherits none from here: repeat these two in it. They suffice there.
# (From nginx 1.29.3 on, "add_header_inherit merge;" here does as well.)
add_header Content-Security-Policy $gatekeeper_policy always;
add_header Cache-Control $gatekeeper_caching always;
# ${ABOUT.reports}
# A location with a proxy_hide_header of its own needs these, too; others than proxy_pass have fastcgi_hide_header, …
proxy_hide_header NEL;
proxy_hide_header Report-To;
# ${ABOUT.hints}
# nginx adds nothing to those that it passes on ("early_hints"); what sends them has to.`;
}

/** nginx takes no parameter of more than 4,096 bytes. */
const NGINX_PIECE = /.{1,3000}(?= |$)/g;

function setInNginx(policy: Lock, indent = ''): string {
  const pieces = policy.match(NGINX_PIECE) ?? [''];
  return pieces
    .map((piece, index) => `${indent}set $gatekeeper_policy "${index > 0 ? '${gatekeeper_policy}' : ''}${piece}";`)
    .join('\n');
}

function apacheLines({ documents, worker, excluded }: Locks): string {
  const other = excluded ? 'gatekeeper_other' : 'gatekeeper_worker';
  // As it was asked for: a rewritten request begins again with another Request_URI.
  const forExcluded =
    excluded &&
    `
# ${ABOUT.excluded}
SetEnvIf Request_URI "/gatekeeper-sw\\.js$" ${other}
SetEnvIfExpr "%{THE_REQUEST} =~ m#^\\S+ ${NO_WAY_UP}${excluded}#" ${other}`;
  // In a header's value, "%" begins what Apache fills in.
  const add = (policy: Lock, when: string) =>
    `Header always add Content-Security-Policy "${policy.replaceAll('%', '%%')}" ${when}`;
  const forWorker =
    worker &&
    `
# ${ABOUT.worker}
${add(worker, 'env=gatekeeper_worker')}
Header always set Cache-Control "no-cache" env=gatekeeper_worker`;
  return `# Into <VirtualHost …> or .htaccess, with mod_headers and mod_setenvif (a2enmod headers setenvif). What the site sends
# already stays; a "Header always set Content-Security-Policy" below these would replace them: put it above.
SetEnvIf Request_URI "/gatekeeper-sw\\.js$" gatekeeper_worker${forExcluded ?? ''}
${documents ? add(documents, `env=!${other}`) : ''}${forWorker ?? ''}
# ${ABOUT.reports}
Header always unset NEL
Header unset NEL
Header always unset Report-To
Header unset Report-To
# ${ABOUT.hints}
# From Apache 2.4.58 on, by H2EarlyHint.`;
}

function caddyLines({ documents, worker, excluded }: Locks): string {
  // Put off until the headers are sent, or a Content-Security-Policy that is set later would replace it.
  const send = (matcher: string, ...headers: string[]) => `header @${matcher} {
${headers.map((header) => `\t${header}\n`).join('')}\t-NEL
\t-Report-To
\tdefer
}`;
  const forWorker =
    worker &&
    `
# ${ABOUT.worker}
${send('gatekeeper_worker', `+Content-Security-Policy "${worker}"`, 'Cache-Control no-cache')}`;
  const paths = excluded + STEPS_DOWN;
  const matchers = excluded
    ? `@gatekeeper_documents not path_regexp \`^(?:.*/gatekeeper-sw\\.js$|${paths})\`
@gatekeeper_excluded path_regexp \`^${paths}\``
    : '@gatekeeper_documents not path */gatekeeper-sw.js';
  const forExcluded =
    excluded &&
    `
# ${ABOUT.excluded}
${send('gatekeeper_excluded')}`;
  return `# Into the site's block, above its other header directives; and once more, without the lines that begin with "@", into
# handle_errors, if you have one. What the site sends already stays.
# NEL and Report-To: ${ABOUT.reports}
${matchers}
@gatekeeper_worker path */gatekeeper-sw.js
${documents ? send('gatekeeper_documents', `+Content-Security-Policy "${documents}"`) : ''}${forExcluded ?? ''}${forWorker ?? ''}
# ${ABOUT.hints}`;
}

function expressLines({ documents, worker, excluded }: Locks): string {
  const ofOthers = excluded
    ? `
    // ${ABOUT.excluded}
    : new RegExp(${JSON.stringify(`^${NO_WAY_UP}${excluded}`)}).test(request.url) ? ''`
    : '';
  return `// Before everything else that answers or sets headers. This has the last word when they are sent: what others set,
// as helmet does, is added to, and replaces nothing.
app.use((request, response, next) => {
  const isWorker = /\\/gatekeeper-sw\\.js$/.test(request.url.replace(/\\?.*/, ''));
  // ${ABOUT.worker}
  const policy = isWorker
    ? ${JSON.stringify(worker)}${ofOthers}
    : ${JSON.stringify(documents)};
  const { writeHead, writeEarlyHints } = response;
  response.writeHead = (status, ...rest) => {
    const headers = rest.at(-1);
    if (headers && typeof headers === 'object') {
      rest.pop();
      const inPairs = (list) => list.flatMap((name, i) => i % 2 ? [] : [[name, list[i + 1]]]);
      const given = !Array.isArray(headers) ? Object.entries(headers) : Array.isArray(headers[0]) ? headers : inPairs(headers);
      for (const [name] of given) response.removeHeader(name);
      for (const [name, value] of given) response.appendHeader(name, value);
    }
    const own = response.getHeader('Content-Security-Policy') ?? [];
    if (policy) response.setHeader('Content-Security-Policy', [own, policy].flat());
    if (policy && isWorker) response.setHeader('Cache-Control', 'no-cache');
    // ${ABOUT.reports}
    for (const name of ['NEL', 'Report-To']) response.removeHeader(name);
    return writeHead.call(response, status, ...rest);
  };
  // Preloads begin with the 103 Early Hints, so these are sent with it, too.
  response.writeEarlyHints = (hints, ...rest) => writeEarlyHints.call(response, policy ? { ...hints, 'content-security-policy': policy } : hints, ...rest);
  next();
});`;
}
