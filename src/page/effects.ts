import { wall } from '../csp/wall';
import type { ServiceId, ServiceTerms, Terms } from '../gate/terms';
import { sweep } from '../sweep/sweep';
import { undeclaredCookies } from '../sweep/undeclared-cookies';
import type { DocumentWall } from './document-wall';
import type { Gatekeeper } from './gatekeeper';
import type { Swept } from './gatekeeper-events';
import { Placeholders } from './placeholders';
import { release } from './release';
import type { TrustedScripts } from './trusted-scripts';

/** The page as the effects of the consent on it need it. */
export interface GuardedPage {
  gatekeeper: Gatekeeper;
  terms: Terms;
  wall: DocumentWall;
  trusted: TrustedScripts;
  /** The services that URLs belong to, in their order. */
  servicesOf(urls: string[]): Promise<(ServiceId | undefined)[]>;
}

/** A tracker that writes its cookie again whenever it goes must not keep the page busy for ever. */
const MOST_COOKIE_SWEEPS = 50;

/** What the consent does to a page: closes it, releases what was refused, holds places, sweeps. */
export class Effects {
  readonly #page: GuardedPage;
  readonly #placeholders: Placeholders;
  readonly #released = new Set<string>();
  #cookieSweeps = 0;

  constructor(page: GuardedPage) {
    this.#page = page;
    const { gatekeeper } = page;
    this.#placeholders = new Placeholders(page.terms, {
      allows: (id) => gatekeeper.allows(id),
      allow: (id) => void gatekeeper.set({ [id]: true }).catch((error: unknown) => console.error(error)),
    });
  }

  /**
   * Closes the document to services that are refused now, also where the gate does not see them: sockets and
   * frames. Their frames become inert markup, which a later grant activates.
   */
  async close(): Promise<void> {
    const { terms, gatekeeper } = this.#page;
    const { open } = this.#page.wall;
    const refused = [...open].filter((id) => !gatekeeper.allows(id));
    if (refused.length > 0) {
      refused.forEach((id) => open.delete(id));
      this.#page.wall.add(wall(this.#services(true), terms));
    }
    const frames = [...document.querySelectorAll<HTMLIFrameElement>('iframe[src]')].filter(({ src }) => /^http/.test(src));
    const services = frames.length > 0 ? await this.#page.servicesOf(frames.map(({ src }) => src)) : [];
    frames.forEach((frame, index) => {
      const service = services[index];
      if (!service || gatekeeper.allows(service)) return;
      Object.assign(frame.dataset, { src: frame.src, service });
      frame.src = 'about:blank';
    });
  }

  /** Releases what is permitted now, and holds the places of what is not. */
  async show(): Promise<void> {
    const { gatekeeper, wall, terms, trusted } = this.#page;
    const { refusals } = gatekeeper;
    const permits = (id: ServiceId) => gatekeeper.allows(id) && wall.isOpenTo(id);
    for (const { url, service, layer, destination } of refusals) {
      if (layer === 'wall' && /^(frame|object)/.test(destination)) this.#placeholders.replaceRefused(url, service);
      // What is taken back may be refused, and released, once more.
      if (service && !gatekeeper.allows(service)) this.#released.delete(url);
    }
    const urls = refusals.filter(({ url, service }) => service && permits(service) && !this.#released.has(url)).map(({ url }) => url);
    urls.forEach((url) => this.#released.add(url));
    const released = release(
      {
        urls: new Set(urls),
        permits: ({ service, category }) => {
          const asked = service ? [service] : terms.services.filter(({ purpose }) => purpose === category).map(({ id }) => id);
          return asked.length > 0 && asked.every(permits);
        },
      },
      trusted,
    );
    this.#placeholders.holdInertFrames();
    await released;
  }

  /** Deletes what services that are not permitted have left in this browser. */
  async sweep(): Promise<Swept> {
    const { terms } = this.#page;
    const report = await sweep({ refused: this.#services(false), kept: this.#services(true), mirror: terms.cookie });
    const swept = { ...report, undeclared: undeclaredCookies(terms.services, terms.cookie) };
    this.#page.gatekeeper.dispatchEvent(new CustomEvent('sweep', { detail: swept }));
    return swept;
  }

  /** Sweeps because one of their cookies was seen. */
  async sweepSeen(): Promise<void> {
    if (this.#cookieSweeps++ < MOST_COOKIE_SWEEPS) await this.sweep();
  }

  #services(permitted: boolean): ServiceTerms[] {
    return this.#page.terms.services.filter(({ id }) => this.#page.gatekeeper.allows(id) === permitted);
  }
}
