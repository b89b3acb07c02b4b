import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { contentOf } from './content';
import type { Aim, FamilyProbe, Resource } from './probe';

/** How the lock is put on the site's documents. `header` puts it on the scripts of workers as well. */
export type LockKind = 'header' | 'meta' | 'none';

/** What guards the site: the built files, and the locks. Nothing, for the baseline. */
export interface Guard {
  /** The folder with the built files. */
  folder: string;
  lock: string;
  /** The worker's own. */
  workerLock: string;
  kind: LockKind;
}

/** One page load's worth of probes, under an address of its own: nothing of another run can be mistaken for it. */
export interface Run {
  id: string;
  probes: FamilyProbe[];
  aim(probe: FamilyProbe): Aim;
}

/** Moments that a page tells the site of, or that the site sees by itself. */
export type Moment = 'fetched ahead' | 'ready' | 'finished' | 'ended';

const HARNESS = readFileSync(new URL('harness.js', import.meta.url));
const DOCUMENT = /^(text\/html|application\/xhtml\+xml|text\/xml|image\/svg\+xml)/;

/** The site that visitors come to: serves the pages of the runs, each probe's own resources, and the gatekeeper. */
export class Site {
  readonly #server: Server;
  #guard: Guard | undefined;
  readonly #runs = new Map<string, Run>();
  /** Runs whose page is served without probes for now. */
  readonly #plain = new Set<string>();
  /** Runs whose page is sent without its lock. */
  readonly #unlocked = new Set<string>();
  readonly #awaited = new Map<string, (load: number) => void>();
  /** How often a run's page has been served. */
  readonly #loads = new Map<string, number>();

  private constructor(guard: Guard | undefined) {
    this.#guard = guard;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(guard?: Guard): Promise<Site> {
    const site = new Site(guard);
    site.#server.listen(0, '127.0.0.1');
    await once(site.#server, 'listening');
    return site;
  }

  /** `localhost`, so that 127.0.0.1 is another site. */
  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  add(run: Run): void {
    this.#runs.set(run.id, run);
  }

  /** Serves a run's page without its probes, or with them again. */
  setPlain(run: Run, plain: boolean): void {
    if (plain) this.#plain.add(run.id);
    else this.#plain.delete(run.id);
  }

  /** Sends a run's page without its lock, as a server does that sets its headers anew for some addresses. */
  forgetLock(run: Run): void {
    this.#unlocked.add(run.id);
  }

  /** Puts other files and locks on the site, as its next version would. */
  deploy(guard: Guard | undefined): void {
    this.#guard = guard;
  }

  /**
   * Resolves when a page of this run next tells of the moment; rejects after `limit` milliseconds.
   * @param load which load of the page must tell it: 2 after a reload that the page makes itself
   */
  moment(run: Run, moment: Moment, limit: number, load = 1): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the page was not "${moment}" within ${limit} ms`)), limit);
      this.#awaited.set(`${run.id}/${moment}`, (told) => {
        if (told < load) return;
        clearTimeout(timer);
        this.#awaited.delete(`${run.id}/${moment}`);
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const { pathname, searchParams } = new URL(request.url ?? '/', this.origin);
    const send = (file: string, resource: Resource, isLocked?: boolean) =>
      this.#send(response, file, resource, isLocked);
    if (pathname === '/harness.js') return send('harness.js', HARNESS.toString());
    if (/^\/gatekeeper(-[a-z-]+)?\.js$/.test(pathname)) return this.#sendGuard(response, pathname);

    if (pathname === '/') return send('home.html', this.#homePage(request.url ?? ''));

    const [, id = '', first = '', file] = pathname.split('/');
    const run = this.#runs.get(id);
    if (!run) return send('none.txt', { status: 404, body: 'nothing here' });
    if (file !== undefined) {
      const probe = run.probes.find((probe) => probe.id === first);
      const resource = probe?.site?.(run.aim(probe))[file];
      return send(file, resource ?? { status: 404, body: 'nothing here' });
    }
    switch (first) {
      case '':
        if (request.headers['sec-purpose']) this.#tell(id, 'fetched ahead');
        if (this.#plain.has(id)) return send('page.html', this.#plainPage());
        return send(
          'page.html',
          searchParams.has('armed') ? this.#armedPage(searchParams.get('armed')!) : this.#page(run),
          !this.#unlocked.has(id),
        );
      case 'plain':
        return send('plain.html', this.#plainPage());
      case 'next':
        return send('next.html', this.#nextPage());
      case 'probes.js':
        return send(
          'probes.js',
          scripts(run, ({ onNextPage }) => !onNextPage),
        );
      case 'next-probes.js':
        return send(
          'next-probes.js',
          scripts(run, ({ onNextPage }) => onNextPage === true),
        );
      case 'markup.json':
        return send('markup.json', JSON.stringify({ head: markup(run, 'head'), body: markup(run, 'html') }));
      case 'ready':
      case 'finished':
      case 'ended':
        this.#tell(id, first, Number(searchParams.get('load') ?? 1));
        return send('seen.txt', 'seen');
      default:
        return send('none.txt', { status: 404, body: 'nothing here' });
    }
  }

  #tell(id: string, moment: Moment, load = 1): void {
    this.#awaited.get(`${id}/${moment}`)?.(load);
  }

  #page(run: Run): Resource {
    const load = (this.#loads.get(run.id) ?? 0) + 1;
    this.#loads.set(run.id, load);
    return {
      body: `<title>probes</title>${this.#gatekeeper()}${markup(run, 'head')}
<body>${markup(run, 'html')}<script src="/harness.js"></script><script src="probes.js"></script><script>start('finished?load=${load}')</script>`,
      headers: headers(run),
    };
  }

  #nextPage(): string {
    return `<title>next</title>${this.#gatekeeper()}<body><script src="/harness.js"></script><script src="next-probes.js"></script><script>start('ended')</script>`;
  }

  /** The same page without its markup, which its script puts in when it starts. */
  #armedPage(by: string): string {
    const armed = `await arm('${by}')`;
    return `<title>armed</title>${this.#gatekeeper()}<body><script src="/harness.js"></script><script src="probes.js"></script>${this.#ready(armed)}`;
  }

  #plainPage(): string {
    return `<title>plain</title>${this.#gatekeeper()}<body>${this.#ready()}`;
  }

  /** @param url `/?run/probe`, from `Aim.home` */
  #homePage(url: string): Resource {
    const [id = '', wanted] = url.slice('/?'.length).split('/');
    const run = this.#runs.get(id);
    const probe = run?.probes.find((probe) => probe.id === wanted);
    return probe
      ? `<title>home</title>${this.#gatekeeper()}${probe.home?.(run!.aim(probe))}<body>text`
      : { status: 404, body: 'nothing here' };
  }

  #gatekeeper(): string {
    return this.#guard ? '<script src="/gatekeeper.js"></script>' : '';
  }

  /** @param first what has to be done before */
  #ready(first = ''): string {
    return `<script>addEventListener('load', async () => { await window.gatekeeper?.register(); ${first}; await fetch('ready', { cache: 'no-store' }); })</script>`;
  }

  #sendGuard(response: ServerResponse, path: string): void {
    if (!this.#guard) return this.#send(response, 'none.txt', { status: 404 });
    this.#send(response, path, readFileSync(join(this.#guard.folder, path), 'utf8'));
  }

  #send(response: ServerResponse, file: string, resource: Resource, isLocked = true): void {
    const { body, status = 200, headers = {} } = typeof resource === 'string' ? { body: resource } : resource;
    const { type, body: usual } = contentOf(file);
    const all: Record<string, string> = { 'content-type': type, 'cache-control': 'no-cache', ...headers };
    if (isLocked && this.#guard?.kind === 'header' && (DOCUMENT.test(type) || file.endsWith('.js'))) {
      const lock = file === '/gatekeeper-sw.js' ? this.#guard.workerLock : this.#guard.lock;
      // Joined by a comma, as intermediaries do with two headers of the same name.
      const own = all['content-security-policy'];
      all['content-security-policy'] = own ? `${own}, ${lock}` : lock;
    }
    if (!all['content-type']) delete all['content-type'];
    response.writeHead(status, all);
    response.end(type.startsWith('text/html') && body !== undefined ? this.#document(body) : (body ?? usual));
  }

  #document(body: string): string {
    const meta =
      this.#guard?.kind === 'meta' ? `<meta http-equiv="Content-Security-Policy" content="${this.#guard.lock}">` : '';
    return `<!doctype html>${meta}${body}`;
  }
}

function markup(run: Run, place: 'head' | 'html'): string {
  return run.probes.map((probe) => probe[place]?.(run.aim(probe)) ?? '').join('\n');
}

function scripts(run: Run, wanted: (probe: FamilyProbe) => boolean): string {
  return run.probes
    .filter((probe) => probe.script && wanted(probe))
    .map((probe) => `probe('${probe.id}', async () => {\n${probe.script!(run.aim(probe))}\n});`)
    .join('\n');
}

/** The page's own headers; several probes may add to the same one. */
function headers(run: Run): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const probe of run.probes) {
    for (const [name, value] of Object.entries(probe.headers?.(run.aim(probe)) ?? {})) {
      joined[name] = joined[name] ? `${joined[name]}, ${value}` : value;
    }
  }
  return joined;
}
