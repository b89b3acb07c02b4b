import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'puppeteer';
import { ensureBrowsers, hostResolverRules, launch } from '../browsers';
import { checkedOut, testPages, type TestPage } from './checkout';
import { compared, lost, passed, type Difference, type Reasons } from './differences';
import { document } from './document';
import { runPage, type Results } from './run-page';
import { HOST_RULES, startServer, type Server } from './server';

/**
 * Runs web-platform-tests' service-workers/service-worker twice, once with our worker in front of each of theirs, and writes
 * docs/web-platform-tests.md. Ends with an error when a test that passes without us fails with us, and nobody has said why.
 * Words after the command narrow it to the pages whose name has one of them; nothing is written then.
 */

/** Pages at a time. Their tests wait more than they work. */
const TABS = 4;
/** So often in a row a test must be lost to count: some wait for the clock, and are lost on a busy machine. */
const RUNS = 5;

const KNOWN = new URL('known-differences.json', import.meta.url);
const DOCUMENT = new URL('../../docs/web-platform-tests.md', import.meta.url);

/** What became of one page. */
interface Outcome {
  page: string;
  without: Results;
  withOurs: Results;
  /** Tests that pass without us and do not with us, each time. */
  lost: string[];
}

const words = process.argv.slice(2);
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const checkout = checkedOut(process.env['WPT']);
  const pages = testPages(checkout).filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  await ensureBrowsers(['chromium']);
  const servers = [await startServer(checkout, false)];
  try {
    servers.push(await startServer(checkout, true));
    const browser = await launch('chromium', {
      args: [hostResolverRules(HOST_RULES), '--ignore-certificate-errors', '--disable-popup-blocking'],
    });
    try {
      return report(await runAll(pages, browser, servers as [Server, Server]), await browser.version());
    } finally {
      await browser.close();
    }
  } finally {
    for (const server of servers) await server.close();
  }
}

async function runAll(pages: TestPage[], browser: Browser, servers: [Server, Server]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...pages];
  const tab = async () => {
    for (let page = waiting.shift(); page; page = waiting.shift()) {
      const outcome = await runBoth(page, browser, servers);
      outcomes.push(outcome);
      console.log(`${page.name}: ${passed(outcome.without)} pass without, ${passed(outcome.withOurs)} with`);
      for (const test of outcome.lost) console.log(`    lost: ${test}: ${outcome.withOurs.get(test) ?? 'not run'}`);
    }
  };
  await Promise.all(Array.from({ length: TABS }, tab));
  return outcomes.sort((one, other) => (one.page < other.page ? -1 : 1));
}

/** What differs is run again: many of their tests fail now and then. */
async function runBoth(page: TestPage, browser: Browser, [theirs, ours]: [Server, Server]): Promise<Outcome> {
  const run = async () => [await runPage(browser, theirs.url(page)), await runPage(browser, ours.url(page))] as const;
  const [without, withOurs] = await run();
  let tests = lost(without, withOurs);
  for (let runs = 1; runs < RUNS && tests.length > 0; runs++) {
    const again = lost(...(await run()));
    tests = tests.filter((test) => again.includes(test));
  }
  return { page: page.name, without, withOurs, lost: tests };
}

function report(outcomes: Outcome[], version: string): number {
  const known = JSON.parse(readFileSync(KNOWN, 'utf8')) as Reasons;
  const found: Difference[] = outcomes.flatMap(({ page, lost: tests }) => tests.map((test) => ({ page, test })));
  const { unknown, vanished } = compared(
    found,
    known,
    outcomes.map(({ page }) => page),
  );
  const count = (of: (outcome: Outcome) => Results) => outcomes.reduce((sum, outcome) => sum + passed(of(outcome)), 0);
  const numbers = {
    pages: outcomes.length,
    without: count((outcome) => outcome.without),
    withOurs: count((outcome) => outcome.withOurs),
  };
  if (words.length === 0) writeFileSync(DOCUMENT, document({ version, ...numbers, found, known }));
  console.log(
    `\n${numbers.pages} pages; ${numbers.without} tests pass without us, ${numbers.withOurs} with us; ${found.length} differ in ${RUNS} runs of each.`,
  );
  for (const { page, test } of vanished)
    console.log(`No longer different, take it out of ${KNOWN.pathname}: ${page}: ${test}`);
  for (const { page, test } of unknown)
    console.error(`Passes without us, not with us, and nobody has said why: ${page}: ${test}`);
  return unknown.length > 0 ? 1 : 0;
}
