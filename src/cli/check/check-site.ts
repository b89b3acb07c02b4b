import { readTags } from '../../csp/read-tags';
import { decideRequest } from '../../requests/decide-request';
import { indexPolicy, type IndexedPolicy } from '../../requests/index-policy';
import { compilePolicy } from '../../compiled-policy/compiled-policy';
import { parsePolicy } from '../../policy/parse-policy';
import { cookieProblems } from './cookie-problems';
import { excludedProblems, isExcluded } from './excluded-problems';
import { filesProblems, type ServedScript } from './file-problems';
import { get, getPage, isHtml, type Answer } from './get';
import { insecureProblems } from './insecure-problems';
import { linkProblems } from './link-problems';
import { anyLockProblems, lockProblems } from './lock-problems';
import { missingPageProblems } from './missing-page-problems';
import { policiesProblems } from './policy-problems';
import { reportProblems } from './report-problems';
import { servedPolicy } from './served-policy';
import { scriptOf, workerOf, type SiteWithPolicy, type Site } from './site';

/** What was found on a site without its policy file. */
export interface ServedCheck {
  /** Each thing that is wrong: where, what, and what to do; nothing when all is well as far as can be seen. */
  wrong: string[];
  /** What only the policy file tells. */
  notCompared: string[];
}

/** What there is no telling of without any policy. */
const UNKNOWN = [
  'what the lock permits',
  'whether page and worker are of one build',
  'whom the site’s own reports and hints tell or connect to',
];

/**
 * Asks for a page of a site, and the gatekeeper's files, and compares what is sent with what a policy needs.
 * @param policy what was read from the policy file
 * @param file names the policy in what is said
 * @returns each thing that is wrong: where, what, and what to do; nothing when all is well
 * @throws (rejects) {PolicyError} when the policy has mistakes
 * @throws (rejects) {UnreachableError} when the site could not be asked
 */
export async function checkSite(policy: unknown, address: URL, file = 'policy.json'): Promise<string[]> {
  const parsed = parsePolicy(policy, file);
  const page = await getPage(address);
  const none = noPage(page);
  if (none) return [none];
  const site = siteAt(page, file);
  const script = await servedScript(site);
  return problemsUnderPolicy(withPolicy(site, indexPolicy(compilePolicy(parsed)), parsed.wall !== 'off'), script);
}

/**
 * The same without the policy file. What is sent is compared with the policy that the page's script was built with; where that
 * cannot be read, with none.
 * @throws (rejects) {UnreachableError} when the site could not be asked
 */
export async function checkServed(address: URL, file = 'policy.json'): Promise<ServedCheck> {
  const page = await getPage(address);
  const none = noPage(page);
  if (none) return { wrong: [none], notCompared: UNKNOWN };
  const site = siteAt(page, file);
  const script = await servedScript(site);
  const policy = script?.answer && servedPolicy(script.answer.text);
  if (!policy) return { wrong: await anyProblems(site, script), notCompared: UNKNOWN };
  // A policy that only reports has no wall when it is built, and nobody can tell there whether it will have one.
  const wrong = await problemsUnderPolicy(
    withPolicy(site, policy, !policy.reportOnly && policy.wall !== 'off'),
    script,
  );
  return { wrong, notCompared: [`whether ${script.url.href} was built from your policy as it is now`] };
}

function noPage(page: Answer): string | undefined {
  if (page.status >= 400) return `${page.url.href} is answered with ${page.status}. Name a page that visitors see.`;
  if (isHtml(page)) return undefined;
  return `${page.url.href} is no HTML page, but ${page.headers.get('content-type') ?? 'of no type'}. Name a page that visitors see.`;
}

function siteAt(page: Answer, file: string): Site {
  return { file, page, tags: readTags(page.text).tags };
}

async function servedScript(site: Site): Promise<ServedScript | undefined> {
  const script = scriptOf(site);
  if (!script || workerOf(site, script).origin !== site.page.url.origin) return script;
  return { ...script, answer: await get(script.url) };
}

function withPolicy(site: Site, policy: IndexedPolicy, hasLock: boolean): SiteWithPolicy {
  const { href } = site.page.url;
  const nobody = { restored: false, record: undefined, now: Date.now(), globalPrivacyControl: false };
  const isRefused = (url: string) =>
    !URL.canParse(url, href) ||
    decideRequest({ url: new URL(url, href).href, site: href }, nobody, policy).action === 'refuse';
  return { ...site, policy, hasLock, isRefused };
}

async function problemsUnderPolicy(site: SiteWithPolicy, script: ServedScript | undefined): Promise<string[]> {
  if (isExcluded(site)) return [...excludedProblems(site, script)];
  return [
    ...lockProblems(site),
    ...(await commonProblems(site, script)),
    ...reportProblems(site),
    ...linkProblems(site),
  ];
}

async function anyProblems(site: Site, script: ServedScript | undefined): Promise<string[]> {
  return [...anyLockProblems(site), ...(await commonProblems(site, script))];
}

/** What is wrong whatever the policy is. */
async function commonProblems(site: Site, script: ServedScript | undefined): Promise<string[]> {
  return [
    ...insecureProblems(site.page.url),
    ...(await missingPageProblems(site)),
    ...(await filesProblems(site, script)),
    ...policiesProblems(site, script),
    ...cookieProblems(site),
  ];
}
