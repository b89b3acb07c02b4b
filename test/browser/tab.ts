import type { BrowserContext, Page } from 'puppeteer';
import type { ConsentView, Decided, Refusal } from '../../src/page/index';
import { nothingArrives, SENTINEL, until, type Counted, type TestedExample } from './third-party-hits';

interface Place {
  example: TestedExample;
  context: BrowserContext;
  /** Folder that the browser downloads to. */
  downloads: string;
}

/** A busy machine's slowest page. */
const LIMIT_MS = 15_000;
const POLLING_MS = 50;

/** `guarded`, or the `code` of the error that `register()` rejected with. */
export type Outcome = string;

/** A tab of the visitor's browser, and what one does in it. */
export class Tab {
  /** What of ours the console was warned of. */
  readonly warnings: string[] = [];
  /** Errors that scripts of the page left uncaught, ours among them. */
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    readonly place: Place,
  ) {
    page.on('console', (message) => {
      if (/^warn/.test(message.type()) && /cookie-gatekeeper/.test(message.text())) this.warnings.push(message.text());
    });
    page.on('pageerror', (error) => {
      const { message, stack } = error as Error;
      if (!isRefusalNotice(message)) this.errors.push(`${message}\n${stack}`);
    });
  }

  static async open(place: Place): Promise<Tab> {
    const page = await place.context.newPage();
    // Wide enough that the portal's panel stands beside the page.
    await page.setViewport({ width: 1280, height: 900 });
    page.setDefaultTimeout(LIMIT_MS);
    // Nothing is drawn in a tab that another one hides: what is waited for is looked for by the clock.
    const waitForFunction = page.waitForFunction.bind(page);
    page.waitForFunction = (awaited, options, ...rest) =>
      waitForFunction(awaited, { polling: POLLING_MS, ...options }, ...rest);
    return new Tab(page, place);
  }

  /** Another tab of the same visitor. */
  another(): Promise<Tab> {
    return Tab.open(this.place);
  }

  /** Goes to a page of the portal and waits until it is guarded, or cannot be. */
  async visit(path: string): Promise<Outcome> {
    await this.goto(this.place.example.origin + path);
    return this.registered();
  }

  /** Goes to an address, also where the page is just loading itself again. */
  async goto(url: string): Promise<void> {
    for (let isThere = false; !isThere;)
      isThere = await this.page.goto(url, { waitUntil: 'load' }).then(() => true, ignoreAbortedNavigation);
  }

  /** Waits for a warning. */
  async warned(said: RegExp): Promise<string> {
    await until(() => this.warnings.some((warning) => said.test(warning)), `a warning like ${said}`);
    return this.warnings.find((warning) => said.test(warning))!;
  }

  /** Goes there twice: the first page of a visit opens before the worker is there. */
  async visitGuarded(path: string): Promise<Outcome> {
    await this.visit(path);
    return this.visit(path);
  }

  async reload(): Promise<Outcome> {
    await this.page.reload({ waitUntil: 'load' });
    return this.registered();
  }

  /** On a page that is loaded afresh meanwhile, when that is guarded. */
  async registered(): Promise<Outcome> {
    for (;;) {
      const outcome = await this.#register().catch(ignoreLostDocument);
      if (outcome) return outcome;
    }
  }

  #register(): Promise<Outcome> {
    return this.page.evaluate(async () => {
      // A page that has loaded itself again has just begun, and its script has not run yet.
      if (!('gatekeeper' in window) && document.readyState === 'loading')
        await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve));
      if (!window.gatekeeper) return 'no gatekeeper';
      return window.gatekeeper.register().then(
        () => 'guarded',
        (error: Error & { code?: string }) => error.code ?? String(error),
      );
    });
  }

  /** The whole message with which `register()` rejects. */
  whyNotRegistered(): Promise<string> {
    return this.page.evaluate(() => window.gatekeeper.register().then(() => 'it is guarded', String));
  }

  set(choices: Record<string, unknown>): Promise<Decided> {
    return this.page.evaluate((choices) => window.gatekeeper.set(choices as Record<string, boolean>), choices as never);
  }

  /** What `set` rejects with; empty when it resolves. */
  refusesToSet(choices: unknown): Promise<string> {
    return this.page.evaluate((choices) => window.gatekeeper.set(choices).then(() => '', String), choices as never);
  }

  acceptAll(): Promise<Decided> {
    return this.page.evaluate(() => window.gatekeeper.acceptAll());
  }

  refuseAll(): Promise<Decided> {
    return this.page.evaluate(() => window.gatekeeper.refuseAll());
  }

  withdraw(service?: string): Promise<Decided> {
    return this.page.evaluate((service) => window.gatekeeper.withdraw(service), service);
  }

  consent(): Promise<ConsentView> {
    return this.page.evaluate(() => window.gatekeeper.consent);
  }

  allows(service: string): Promise<boolean> {
    return this.page.evaluate((service) => window.gatekeeper.allows(service), service);
  }

  refusals(): Promise<Refusal[]> {
    return this.page.evaluate(() => window.gatekeeper.refusals);
  }

  /** Waits for the reload that an action leads to, and until the page is guarded again. */
  async reloadedBy(action: () => Promise<unknown>): Promise<void> {
    const reloaded = this.page.waitForNavigation({ waitUntil: 'load' });
    // The answer to the action may be lost with the old document.
    await Promise.all([reloaded, action().catch(ignoreLostDocument)]);
    await this.registered();
  }

  /** Fetches a URL of a third party from the page. */
  fetches(thirdParty: Counted, path: string): Promise<'sent' | 'refused'> {
    return this.fetchesUrl(this.place.example.thirdParties[thirdParty].origin + path);
  }

  fetchesUrl(url: string): Promise<'sent' | 'refused'> {
    return this.page.evaluate(
      (url) =>
        fetch(url, { mode: 'no-cors', cache: 'no-store' }).then(
          () => 'sent' as const,
          () => 'refused' as const,
        ),
      url,
    );
  }

  /** Loads an image of a third party in the page, which the Content-Security-Policy is asked about as well. */
  async showsImage(url: string): Promise<'loaded' | 'failed'> {
    return this.page.evaluate(
      (url) =>
        new Promise<'loaded' | 'failed'>((resolve) => {
          const image = document.createElement('img');
          image.onload = () => resolve('loaded');
          image.onerror = () => resolve('failed');
          image.src = url;
          document.body.append(image);
        }),
      url,
    );
  }

  /**
   * Waits until nothing more arrives at the third parties. A sentinel goes through the worker first, to a
   * service that needs no consent and to the site: what the page asked for before has been decided then.
   */
  async quiet(): Promise<void> {
    const { example } = this.place;
    await this.fetchesUrl(example.thirdParties.tiles.origin + SENTINEL);
    await this.fetchesUrl(`${example.origin}/what-left`);
    await nothingArrives(example);
  }
}

/** Firefox reports as errors of the page what a policy or a worker refused, and cookies that it does not take. */
function isRefusalNotice(message: string): boolean {
  return /^Content-Security-Policy: |^Cross-Origin Request Blocked: |A ServiceWorker passed an Error Response|^Cookie “.*” has been rejected/.test(
    message,
  );
}

function ignoreLostDocument(error: Error): undefined {
  if (!/context|navigat|detached|closed|no such frame/i.test(error.message)) throw error;
}

/** Another navigation came in between. */
function ignoreAbortedNavigation(error: Error): false {
  if (!/NS_BINDING_ABORTED|ERR_ABORTED|interrupted an unfinished navigation/.test(error.message)) throw error;
  return false;
}
