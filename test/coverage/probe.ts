/** Where one probe is to get through to. Every URL it is given belongs to this probe and this run alone. */
export interface Aim {
  /** A URL at the third party; the file's ending decides what is answered. */
  url(file: string): string;
  /** The third party's WebSocket endpoint. */
  webSocket: string;
  /** `127.0.0.1:port` where only this probe connects; for ways out that ask for nothing once connected. */
  host: string;
  /** One of the probe's own resources on the site, see `Probe.site`. */
  own(file: string): string;
  /** A URL at the other declared service that redirects to the third party. */
  redirectedByOther(file: string): string;
  /** A URL at a necessary service without credentials that redirects to the third party, to an address without credentials, too. */
  redirectedByQuiet(file: string): string;
  /** The site's first page, with this probe's `home`. */
  home: string;
  /** A name for the `host` of this probe, where the browser can be told one. */
  name: string;
}

/** Something the site serves for a probe. HTML bodies are fragments: doctype and lock are put before them. */
export type Resource = string | { body?: string; status?: number; headers?: Record<string, string> };

/**
 * What keeps a way out closed.
 * - `gate`: the worker sees the request and refuses it, in every engine.
 * - `wall`: a worker misses it in some engine; the document's Content-Security-Policy closes it.
 * - `page`: none of these is asked; the page's script takes it away until it is permitted.
 * - `lock`: only the policy that the server sent closes it; the key cannot open it either.
 * - `open`: nothing here can close it.
 */
type ClosedBy = 'gate' | 'wall' | 'page' | 'lock' | 'open';

/** Cells of the table that are open although the way out can be closed elsewhere. */
interface Exception {
  /** All engines, unless it is said. */
  engine?: 'chromium' | 'firefox' | 'webkit';
  /** Only while the worker does not control the page. */
  uncontrolled?: true;
  reason: string;
}

/** One way out of the page, small enough to be told apart from all others at the third party. */
export interface Probe {
  id: string;
  /** As it is written in the table, in Markdown. */
  title: string;
  closedBy: ClosedBy;
  /** Why it is open, or why a grant does not open it. */
  reason?: string;
  /** Why it is open in some cells only. */
  exceptions?: Exception[];
  /** Set where a grant may not let it through, in every engine or in one; `reason` says why. */
  staysClosed?: true | 'webkit';
  /** Where a page that was opened closed does not get it back by a reload. */
  lostOnReload?: Pick<Exception, 'engine' | 'reason'>;
  /** The engine that sends it when it thinks fit, and was seen not to. */
  leftOutBy?: 'firefox';
  /** Set where no engine was seen to send anything, with what is known about that. */
  silent?: string;
  /** Where only a socket can be seen: packets or connections at `Aim.host` are counted. */
  counted?: 'tcp' | 'udp';
  /** Markup for the page's head or body. */
  head?: (aim: Aim) => string;
  html?: (aim: Aim) => string;
  /** Body of an async function that the page's own script runs; resolves when nothing more is to come. */
  script?: (aim: Aim) => string;
  /** Set for scripts that would keep the others from running, by hiding the page or by blocking it: they are run on the page that comes after it. */
  onNextPage?: true;
  /** Markup for the head of the site's first page, `/`, which a script of the probe opens. Some things are looked for only there. */
  home?: (aim: Aim) => string;
  /** Headers of the page itself. */
  headers?: (aim: Aim) => Record<string, string>;
  /** What the site serves for this probe, by file name. */
  site?: (aim: Aim) => Record<string, Resource>;
}

export interface FamilyProbe extends Probe {
  family: string;
}
