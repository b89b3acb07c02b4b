import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { auditSite, type Audit, type Earlier } from '../audit/audit-site';
import { PROBLEMS, type ProblemKind } from '../audit/find-problems';
import { missedVisits } from '../audit/missed-visits';
import { pagesOf, readNamed } from '../audit/named-pages';
import { observeSite } from '../audit/observe-site';
import { auditReport } from '../audit/report';
import { auditTable } from '../audit/table';
import { ENGINES } from '../browser/installed-browser';
import { launchBrowser } from '../browser/launch-browser';
import { checkWord } from '../check-word';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../command-error';
import { readPolicy } from '../read-policy';
import { tellError } from '../tell-error';

const PAGES = 10;
const DEPTH = 1;

/** What shells say of a program that Ctrl-C has ended: 128 and the number of the signal. */
const INTERRUPTED = 130;

export const audit = defineCommand({
  summary:
    'visits a site in a real browser, untouched, with everything refused and with everything accepted: who is contacted, what is stored, and the policy for it',
  example: 'https://site.example/ --out policy.json --report audit.html',
  arguments: ['address of a page or of a site map (.xml), or a file with a list of them (.txt)'],
  repeats: true,
  options: {
    out: { value: 'policy.json', short: 'o', says: 'writes a policy that build takes' },
    policy: {
      value: 'policy.json',
      says: 'a policy that is there: what a person has written in it stays, and is what the site is held to',
    },
    report: { value: 'audit.html', says: 'writes one file for the data-protection officer' },
    json: { says: 'prints everything that was seen, as JSON' },
    'fail-on': {
      value: PROBLEMS.join(','),
      says: 'ends with exit code 1 where any of these was found, or not all was visited',
    },
    pages: {
      value: String(PAGES),
      says: `how many pages are visited; without it ${PAGES}, or as many as are named`,
    },
    depth: { value: String(DEPTH), says: `how many links away from those that are named; ${DEPTH} without it` },
    browser: { value: ENGINES.join('|'), says: 'which browser; chromium without it' },
  },
  async run(addresses, { out, policy, report, json, 'fail-on': failOn, pages, depth, browser }) {
    const engine = checkWord('browser', browser ?? 'chromium', ENGINES);
    const failing = (failOn?.split(',') ?? []).map((kind) => checkWord('problem', kind.trim(), PROBLEMS));
    if (failing.includes('undeclared') && policy === undefined)
      throw new UsageError('--fail-on undeclared compares with a policy: add --policy policy.json');
    const named = (await Promise.all(addresses.map(readNamed))).flat();
    const limits = {
      pages: readCount('--pages', pages, Math.max(PAGES, named.length)),
      depth: readCount('--depth', depth, DEPTH),
    };
    await checkPlace('--out', out);
    await checkPlace('--report', report);
    if (out !== undefined && policy === undefined) await refuseToReplace(out);
    const earlier = policy === undefined ? undefined : { policy: await readPolicy(policy), file: policy };
    const urls = (await Promise.all(named.map((each) => pagesOf(each, limits.pages)))).flat();
    if (urls.length === 0) throw new CommandError(`${addresses.join(', ')} names no page.`);
    const found = await look({ urls, ...limits, engine, pictures: report !== undefined }, earlier);
    const written = [
      out === undefined || (await write(out, `${JSON.stringify(found.policy, null, 2)}\n`)),
      report === undefined || (await write(report, auditReport(found))),
    ];
    return {
      output: json ? JSON.stringify(withoutPictures(found), null, 2) : auditTable(found),
      exitCode: isWhole(found, failing) && !failed(found, failing) && !written.includes(false) ? 0 : 1,
    };
  },
});

interface Look {
  urls: URL[];
  pages: number;
  depth: number;
  engine: (typeof ENGINES)[number];
  pictures: boolean;
}

async function look({ engine, ...options }: Look, earlier: Earlier | undefined): Promise<Audit> {
  const browser = await launchBrowser(engine);
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) {
      // It is in a process group of its own, which the terminal's Ctrl-C does not reach.
      browser.process()?.kill('SIGKILL');
      process.exit(INTERRUPTED);
    }
    console.error(
      '\ncookie-gatekeeper: stopping after this page; what was found is kept. Ctrl-C again ends it at once.',
    );
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  try {
    const observation = await observeSite({ ...options, browser, signal: stop.signal, onPage: showProgress });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    const problem = observation.pages.find((page) => page.pass === 'untouched' && page.problem !== undefined);
    if (problem && observation.pages.every((page) => page.problem !== undefined))
      throw new CommandError(`${problem.url} could not be opened: ${problem.problem}.`);
    if (observation.pages.length === 0)
      throw new CommandError('the audit was stopped before any page was visited, and has found nothing.');
    return await auditSite(observation, earlier);
  } finally {
    process.off('SIGINT', interrupt);
    await browser.close();
  }
}

function showProgress(pass: string, url: string, done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${pass}, page ${done} of ${of}: ${url}`);
}

function readCount(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,4}$/.test(text) || (option === '--pages' && Number(text) === 0))
    throw new UsageError(`${option}: "${text}" is no number of ${option.slice(2)}. Write one such as ${option} 5`);
  return Number(text);
}

/** What a person has written is not replaced without a word. */
async function refuseToReplace(policy: string): Promise<void> {
  if (await stat(policy).catch(() => undefined))
    throw new CommandError(
      `${policy} exists already, and is kept. To have what is new put into it, add --policy ${policy}; or choose another name: --out found.json`,
    );
}

/** An audit takes minutes: that its result has no place is said before. */
async function checkPlace(option: string, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const [there, folder] = await Promise.all([file, dirname(file)].map((path) => stat(path).catch(() => undefined)));
  if (there?.isDirectory()) throw new CommandError(`${option} ${file} is a folder: name a file in it, and try again.`);
  if (!folder?.isDirectory())
    throw new CommandError(
      `${option} ${file} could not be written: there is no folder ${dirname(file)}. Make it first, or name another.`,
    );
  await access(there ? file : dirname(file), constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${option} ${file} could not be written: ${error.message}. Name another place.`);
  });
}

/** @returns whether it was written; where it was not, that is said, and what was found is printed all the same */
async function write(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text);
    return true;
  } catch (error) {
    tellError(new CommandError(`${file} could not be written: ${(error as Error).message}.`));
    return false;
  }
}

function failed({ problems }: Audit, failing: readonly ProblemKind[]): boolean {
  return problems.some(({ kind }) => failing.includes(kind));
}

/** Says what was not visited: nothing was found there, and that is no success where anything found would have been a failure. */
function isWhole({ observation }: Audit, failing: readonly ProblemKind[]): boolean {
  const missed = missedVisits(observation);
  for (const line of missed) tellError(new CommandError(line));
  if (missed.length === 0 || failing.length === 0) return true;
  tellError(
    new CommandError('not all was visited, so --fail-on cannot pass. Start the audit again when the site answers.'),
  );
  return false;
}

/** Pictures are the report's. */
function withoutPictures(found: Audit): Audit {
  const pages = found.observation.pages.map(({ picture: _, ...page }) => page);
  return { ...found, observation: { ...found.observation, pages } };
}
