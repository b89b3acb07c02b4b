import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import { answerBanner, WORDS, type Answer } from './answer-banner';
import { asks, bannerAmong, without } from './choose-banner';
import { PageQueue } from './page-queue';
import { Inventory } from './inventory';
import type { Observation, PageLook, Pass, StoredEntry, VisitedPage } from './observation';
import { NOTE_WRITERS, pressFacades, readLinks, READ_PAGE, scrollThrough } from './in-page/page-scripts';
import { readChoices } from './in-page/read-choices';
import { seemLeft } from './in-page/seem';
import { PageRecorder } from './record-page';
import { seemAVisitor } from './seem-a-visitor';
import { Traffic } from './traffic';

export interface ObserveOptions {
  browser: Browser;
  /** The pages to begin with. */
  urls: readonly URL[];
  /** How many pages are visited in each pass. */
  pages: number;
  /** How many links away from the first ones. */
  depth: number;
  /** Whether a picture of each page is taken. */
  pictures: boolean;
  /** Ends the visit after the page that is just being looked at. */
  signal: AbortSignal;
  /** Hears which page is visited. */
  onPage(pass: Pass, url: string, done: number, of: number): void;
}

const LOAD_MS = 30_000;
const QUIET_MS = 500;
const MOST_QUIET_MS = 8_000;
const LEAVE_MS = 1_000;
const MOST_SCREENS = 15;
const MOST_FACADES = 5;
const ANSWERS: Readonly<Record<Exclude<Pass, 'untouched'>, Answer>> = { refused: 'refuse', accepted: 'accept' };

/**
 * Visits a site three times, each as somebody who was never there: without any choice, after refusing, after accepting.
 * What is found until the signal is kept.
 */
export async function observeSite(options: ObserveOptions): Promise<Observation> {
  const { browser, urls, signal } = options;
  const inventory = new Inventory();
  const queue = new PageQueue(urls, options.pages, options.depth);
  const observation: Observation = {
    origins: queue.origins,
    time: new Date().toISOString(),
    engine: await browser.version(),
    pages: [],
    contacts: [],
    cookies: [],
    storage: [],
    answeredBy: {},
    asksAgain: false,
    stopped: false,
  };
  const visitor = (pass: Pass) => new Visitor(pass, options, observation, inventory);
  await visitor('untouched').visit(async (one) => {
    for (let next = queue.next(); next && !signal.aborted; next = queue.next()) {
      const { address, links } = await one.look(next.url, queue.known);
      if (address !== undefined) queue.ledTo(address, next);
      queue.addLinks(links, next.depth);
    }
  });
  observation.origins = queue.origins;
  const visited = observation.pages.map(({ url }) => url);
  for (const pass of ['refused', 'accepted'] as const) {
    if (signal.aborted || visited.length === 0) break;
    await visitor(pass).visit(async (one) => {
      await one.answer(visited[0]!);
      for (const url of visited) if (!signal.aborted) await one.look(url, visited.length);
    });
  }
  const { cookies, storage } = inventory;
  return { ...observation, cookies, storage, stopped: signal.aborted };
}

/** Somebody who was never on the site, in one pass. */
class Visitor {
  #page!: Page;
  #context!: BrowserContext;
  #recorder!: PageRecorder;
  #traffic!: Traffic;

  constructor(
    readonly pass: Pass,
    readonly options: ObserveOptions,
    readonly observation: Observation,
    readonly inventory: Inventory,
  ) {}

  async visit(act: (visitor: this) => Promise<void>): Promise<void> {
    this.#context = await this.options.browser.createBrowserContext();
    try {
      this.#page = await this.#context.newPage();
      await seemAVisitor(this.#page);
      await this.#page.evaluateOnNewDocument(...NOTE_WRITERS);
      // What a page asks with a dialog, nobody answers.
      this.#page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
      this.#traffic = new Traffic(this.#page);
      this.#recorder = await PageRecorder.on(this.#page);
      this.#recorder.begin(this.pass);
      await act(this);
    } finally {
      await this.#context.close();
    }
  }

  /** Answers the banner on a page; what was asked for until then is what the untouched pass has shown. */
  async answer(url: string): Promise<void> {
    const { pass, observation } = this;
    if (pass === 'untouched') return;
    await this.#open(url);
    const before = await this.#readChoices();
    observation.answeredBy[pass] = await answerBanner(this.#page, ANSWERS[pass]);
    await this.#settle();
    const after = await this.#readChoices();
    if (pass === 'refused') this.#recorder.take();
    await this.#collect(url);
    if (pass !== 'refused' || !observation.answeredBy.refused) return;
    await this.#open(url);
    this.#compare(before, after, await this.#readChoices());
  }

  /** Takes for the banner what has gone with the answer: buttons that stay in the page ask nobody. */
  #compare(before?: PageLook, after?: PageLook, again?: PageLook): void {
    if (!before || !after) return;
    const { observation } = this;
    if (observation.banner)
      observation.banner = { ...observation.banner, ...bannerAmong(without(before.choices, after.choices)) };
    observation.asksAgain = asks(without(again?.choices ?? [], after.choices));
  }

  /** Looks at a page as a whole. @param of how many pages are known so far @returns where it really is, unless it could not be opened, and the addresses that it links to */
  async look(url: string, of: number): Promise<{ address?: string; links: string[] }> {
    const { pass, observation, options } = this;
    options.onPage(pass, url, observation.pages.filter((page) => page.pass === pass).length + 1, of);
    const visited: VisitedPage = { url, pass, title: '', ...(await this.#open(url)) };
    observation.pages.push(visited);
    if (visited.problem !== undefined) return { links: [] };
    const address = this.#page.url();
    await this.#lookForBanner();
    visited.title = await this.#page.title();
    if (options.pictures)
      visited.picture = await this.#page
        .screenshot({ type: 'jpeg', quality: 50, encoding: 'base64' })
        .catch(() => undefined);
    await this.#page.evaluate(scrollThrough, MOST_SCREENS).catch(() => undefined);
    if (pass === 'accepted') await this.#page.evaluate(pressFacades, MOST_FACADES).catch(() => undefined);
    await this.#settle();
    const links = await this.#page.evaluate(readLinks).catch(() => []);
    await this.#collect(url);
    return { address, links };
  }

  async #open(url: string): Promise<Pick<VisitedPage, 'status' | 'problem'>> {
    try {
      const response = await this.#page.goto(url, { waitUntil: 'load', timeout: LOAD_MS });
      await this.#settle();
      return { status: response?.status() };
    } catch (error) {
      const { name, message } = error as Error;
      // What has not ended to load by then is looked at as it is.
      return name === 'TimeoutError' ? {} : { problem: message };
    }
  }

  async #settle(): Promise<void> {
    await this.#traffic.quiet(QUIET_MS, MOST_QUIET_MS);
  }

  /** What is sent when a page is left, browsers no longer tell: so all its scripts are told that it is, while it is still there. */
  async #leave(): Promise<void> {
    const told = this.#page.frames().map((frame) => frame.evaluate(seemLeft).catch(() => undefined));
    // A frame that is just being loaded has nothing to tell it to yet.
    await Promise.race([Promise.all(told), pause(LEAVE_MS)]);
    await this.#settle();
  }

  async #lookForBanner(): Promise<void> {
    const { pass, observation } = this;
    const isFirst = pass === 'untouched' && !observation.banner;
    const seen = isFirst || pass === 'refused' ? await this.#readChoices() : undefined;
    if (isFirst && seen) {
      const { choices, wayBack, certified } = seen;
      observation.banner = { ...bannerAmong(choices), wayBack, certified };
    } else if (observation.banner) observation.banner.wayBack ||= !!seen?.wayBack;
  }

  async #readChoices(): Promise<PageLook | undefined> {
    return this.#page.evaluate(readChoices, WORDS.accept, WORDS.refuse).catch(() => undefined);
  }

  /** Takes what was seen of a page, also while it is left. */
  async #collect(url: string): Promise<void> {
    const entries = await this.#readPage();
    await this.#leave();
    entries.push(...(await this.#readPage()));
    const { contacts, writers } = this.#recorder.take();
    this.observation.contacts.push(...contacts.map((contact) => ({ ...contact, page: url })));
    this.inventory.add(this.pass, { cookies: await this.#context.cookies(), entries, writers });
  }

  /** Has what the page itself can tell recorded. @returns what is stored in its origin */
  async #readPage(): Promise<Pick<StoredEntry, 'area' | 'name'>[]> {
    const read = await this.#page.evaluate(...READ_PAGE).catch(() => undefined);
    if (!read) return [];
    this.#recorder.addHints(read.hints);
    this.#recorder.addNotes(read.notes);
    return read.entries;
  }
}
