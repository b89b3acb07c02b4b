import type { Browser } from 'puppeteer';

/** What a test says of its failure; undefined where it passed. */
type Failure = string | undefined;

/** The tests of a page, by their names. Tests of one name are told apart by a number. */
export type Results = Map<string, Failure>;

/** testharness.js ends a page by itself after 10 seconds, or 60 for long ones; past this, it was never started, or lost. */
const LIMIT_MS = 75_000;

/** What is another in every run, and in names of tests: ports and random ids. */
const CHANGING = /(?<=\.test(:|%3A))\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

type Reported = { name: string; failure: Failure }[];

/** Opens a page of web-platform-tests in a profile of its own, and waits for what its tests report. */
export async function runPage(browser: Browser, url: string): Promise<Results> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    let report: (reported: Reported) => void;
    const reported = new Promise<Reported>((resolve) => (report = resolve));
    await page.exposeFunction('cookieGatekeeperReport', (results: Reported) => report(results));
    await page.evaluateOnNewDocument(listenForResults);
    // A test may hold the load event for as long as it likes.
    void page.goto(url).catch(() => {});
    const nothing = new Promise<Reported>((resolve) => setTimeout(resolve, LIMIT_MS, []).unref());
    return resultsOf(await Promise.race([reported, nothing]));
  } finally {
    await context.close().catch(() => {});
  }
}

/** Runs in the page, before its own scripts: asks testharness.js for the results, as soon as that is there. */
function listenForResults(): void {
  if (window !== window.top) return;
  type Test = { name: string; status: number; message: string | null };
  type Harness = { add_completion_callback(done: (tests: Test[]) => void): void };
  type Reporter = { cookieGatekeeperReport(reported: Reported): void };
  Object.defineProperty(window, 'add_completion_callback', {
    configurable: true,
    set(value: unknown) {
      Object.defineProperty(window, 'add_completion_callback', { value, configurable: true, writable: true });
      // The script that defines it is not at its end.
      queueMicrotask(() =>
        (window as unknown as Harness).add_completion_callback((tests) =>
          (window as unknown as Reporter).cookieGatekeeperReport(
            tests.map(({ name, status, message }) => ({
              name,
              failure: status === 0 ? undefined : (message ?? 'not run'),
            })),
          ),
        ),
      );
    },
  });
}

function resultsOf(reported: Reported): Results {
  const results: Results = new Map();
  for (const test of reported) {
    const stable = test.name.replace(CHANGING, '…').replace(/\s+/g, ' ');
    let name = stable;
    for (let count = 2; results.has(name); count++) name = `${stable} (${count})`;
    results.set(name, test.failure);
  }
  return results;
}
