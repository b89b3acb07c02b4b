export interface QueuedPage {
  url: string;
  /** How many links it is away from those that were named. */
  depth: number;
}

/** Pages that are still to be visited: those that were named, and those that these link to. */
export class PageQueue {
  readonly #waiting: QueuedPage[];
  readonly #seen: Set<string>;
  /** Where pages have led, which counts as no page more. */
  readonly #visited = new Set<string>();
  readonly #origins: string[];

  /**
   * @param most how many pages are visited
   * @param depth how many links away from the named ones
   */
  constructor(
    named: readonly URL[],
    readonly most: number,
    readonly depth: number,
  ) {
    const urls = [...new Set(named.map(({ href }) => withoutFragment(href)))].slice(0, most);
    this.#waiting = urls.map((url) => ({ url, depth: 0 }));
    this.#seen = new Set(urls);
    this.#origins = [...new Set(named.map(({ origin }) => origin))];
  }

  /** Those of the site: of the pages that were named, and before these, of where they have led. */
  get origins(): string[] {
    return [...this.#origins];
  }

  /** How many pages are known so far: those that wait, and those that have been visited. */
  get known(): number {
    return this.#seen.size;
  }

  next(): QueuedPage | undefined {
    return this.#waiting.shift();
  }

  /** Hears where a page really is: an address that was named may be another name for the site (`https:`, `www.`). */
  ledTo(address: string, { url, depth }: QueuedPage): void {
    const { origin, protocol } = new URL(address);
    if (!/^https?:$/.test(protocol)) return;
    if (depth === 0 && !this.#origins.includes(origin))
      this.#origins.splice(this.#origins.indexOf(new URL(url).origin), 0, origin);
    if (this.#origins.includes(origin)) this.#visited.add(withoutFragment(address));
  }

  addLinks(links: readonly string[], depth: number): void {
    if (depth >= this.depth) return;
    for (const link of links.map(withoutFragment)) {
      if (this.#seen.size >= this.most) return;
      if (this.#seen.has(link) || this.#visited.has(link) || !this.#isPage(link)) continue;
      this.#seen.add(link);
      this.#waiting.push({ url: link, depth: depth + 1 });
    }
  }

  /** Not a file to download, and nothing that ends the visitor's session. */
  #isPage(link: string): boolean {
    if (!URL.canParse(link)) return false;
    const { origin, pathname } = new URL(link);
    const isFile = /\.(?!html?$|php$|aspx?$)[a-z0-9]{2,5}$/i.test(pathname);
    return (
      this.#origins.includes(origin) && !isFile && !/log-?out|sign-?out|deconnexion|d[ée]connecter/i.test(pathname)
    );
  }
}

function withoutFragment(url: string): string {
  return url.replace(/#.*/, '');
}
