import { readTags } from '../../csp/read-tags';
import { decideRequest } from '../../requests/decide-request';
import { indexPolicy, type IndexedPolicy } from '../../requests/index-policy';
import { compilePolicy } from '../../compiled-policy/compiled-policy';
import { parsePolicy } from '../../policy/parse-policy';
import { cacheProblems } from './cache-problems';
import { cookieProblems } from './cookie-problems';
import { excludedProblems, isExcluded } from './excluded-problems';
import { filesProblems, getFile, type ServedScript } from './file-problems';
import { problem, textOf, type Finding } from './finding';
import { getPage, isHtml, type Answer } from './get';
import { insecureProblems } from './insecure-problems';
import { linkProblems } from './link-problems';
import { linkedPages } from './linked-pages';
import { anyLockProblems, lockProblems } from './lock-problems';
import { missingPageProblems } from './missing-page-problems';
import { otherAddressProblems } from './other-address-problems';
import { policiesProblems } from './policy-problems';
import { reportProblems } from './report-problems';
import { servedPolicy } from './served-policy';
import { isLocked, scriptOf, type SiteWithPolicy, type Site } from './site';
import { tagProblems } from './tag-problems';

/** What was found on a site without its policy file. */
export interface ServedCheck {
  /** Nothing when all is well as far as can be seen. */
  found: Finding[];
  /** What only the policy file tells. */
  notCompared: string[];
}

export interface CheckOptions {
  /** Names the policy in what is said; `policy.json` without it. */
  file?: string;
  /** Address of the site's worker, such as `/sw.js`, where it is none that `build` has written. */
  workerUrl?: string;
}

/** What there is no telling of without any policy. */
const UNKNOWN = [
  'what the lock permits',
  'whether page and worker are of one build',
  'whom the site’s own reports and hints tell or connect to',
];

/** A page that was named, and the gatekeeper's script on it. */
interface Named {
  site: Site;
  script: ServedScript | undefined;
}

/** What was asked for. */
interface Looked {
  /** What is no page at all. */
  none: Finding[];
  named: Named[];
  linked: Site[];
}

/** What the pages are held to. */
interface Held {
  policy: IndexedPolicy;
  hasLock: boolean;
}

/**
 * Asks for pages of a site, some that the first of them links to, and the gatekeeper's files, and compares what is sent with what a
 * policy needs.
 * @param policy what was read from the policy file
 * @param address of a page, or of several
 * @param options as for what is said, and looked for
 * @returns each thing that is wrong, and what is good to know; nothing when all is well
 * @throws (rejects) {PolicyError} when the policy has mistakes
 * @throws (rejects) {UnreachableError} when the site could not be asked
 */
export async function checkSite(
  policy: unknown,
  address: URL | readonly URL[],
  options: CheckOptions = {},
): Promise<Finding[]> {
  const parsed = parsePolicy(policy, options.file);
  const looked = await look(address, options);
  return allFindings(looked, { policy: indexPolicy(compilePolicy(parsed)), hasLock: parsed.wall !== 'off' });
}

/**
 * The same without the policy file. What is sent is compared with the policy that the page's script was built with; where that
 * cannot be read, with none.
 * @throws (rejects) {UnreachableError} when the site could not be asked
 */
export async function checkServed(address: URL | readonly URL[], options: CheckOptions = {}): Promise<ServedCheck> {
  const looked = await look(address, options);
  const answers = looked.named.flatMap(({ script }) => script?.answer ?? []);
  for (const answer of answers) {
    const policy = servedPolicy(answer.text);
    if (!policy) continue;
    // A policy that only reports has no wall when it is built, and nobody can tell there whether it will have one.
    const found = await allFindings(looked, { policy, hasLock: !policy.reportOnly && policy.wall !== 'off' });
    return { found, notCompared: [`whether ${answer.url.href} was built from your policy as it is now`] };
  }
  return { found: await allFindings(looked, undefined), notCompared: UNKNOWN };
}

async function look(address: URL | readonly URL[], { file = 'policy.json', workerUrl }: CheckOptions): Promise<Looked> {
  const ownScripts: Site['ownScripts'] = new Map();
  const siteAt = (page: Answer): Site => ({ file, workerUrl, ownScripts, page, tags: readTags(page.text).tags });
  const pages = await Promise.all([address].flat().map((url) => getPage(url)));
  const sites = pages.filter((page) => noPage(page) === undefined).map(siteAt);
  const linked = sites[0]
    ? (
        await linkedPages(
          sites[0],
          sites.map(({ page }) => page.url),
        )
      ).map(siteAt)
    : [];
  const all = [...sites, ...linked];
  const isLockedElsewhere = all.some(isLocked);
  for (const site of all) site.isLockedElsewhere = isLockedElsewhere;
  return {
    none: pages.flatMap((page) => noPage(page) ?? []),
    named: await Promise.all(sites.map(async (site) => ({ site, script: await servedScript(site) }))),
    linked,
  };
}

async function allFindings({ none, named, linked }: Looked, held: Held | undefined): Promise<Finding[]> {
  const said = new Set<string>();
  const found = [...none];
  const add = ({ page: { url, status } }: Site, findings: readonly Finding[]) => {
    const where = `${url.href}${status >= 400 ? ` (answered with ${status})` : ''}`;
    for (const finding of findings) {
      const text = textOf(finding);
      // What is wrong on every page is said once.
      if (said.has(text)) continue;
      said.add(text);
      const says = url === named[0]?.site.page.url ? finding.says : `${where}: ${finding.says}`;
      found.push({ ...finding, url: finding.url ?? url.href, says });
    }
  };
  for (const { site, script } of named) add(site, await siteProblems(site, script, held));
  for (const site of linked) add(site, await documentProblems(site, held));
  return found;
}

function noPage({ url, status, headers }: Answer): Finding | undefined {
  const remedy = 'Name a page that visitors see.';
  if (status >= 400) return problem('page-missing', `${url.href} is answered with ${status}.`, remedy, url);
  if (isHtml({ headers })) return undefined;
  const type = headers.get('content-type') ?? 'of no type';
  return problem('page-not-html', `${url.href} is no HTML page, but ${type}.`, remedy, url);
}

async function servedScript(site: Site): Promise<ServedScript | undefined> {
  const script = scriptOf(site);
  if (!script) return script;
  const isElsewhere = script.url.origin !== site.page.url.origin;
  // Whether files of another host are of any use, only the policy tells, which may be in one that cannot be had.
  const answer = await getFile(site, script.url).catch((error: unknown) => {
    if (isElsewhere) return undefined;
    throw error;
  });
  return { ...script, answer };
}

function withPolicy(site: Site, { policy, hasLock }: Held): SiteWithPolicy {
  const { href } = site.page.url;
  const nobody = { restored: false, record: undefined, now: Date.now(), globalPrivacyControl: false };
  const isRefused = (url: string) =>
    !URL.canParse(url, href) ||
    decideRequest({ url: new URL(url, href).href, site: href }, nobody, policy).action === 'refuse';
  return { ...site, policy, hasLock, isRefused };
}

/** What is wrong with a page that was named, and with the files and other answers of its site. */
async function siteProblems(plain: Site, script: ServedScript | undefined, held: Held | undefined): Promise<Finding[]> {
  if (!held) return [...anyLockProblems(plain), ...(await commonProblems(plain, script))];
  const site = withPolicy(plain, held);
  if (isExcluded(site)) return [...excludedProblems(site, script)];
  return [
    ...lockProblems(site),
    ...(await commonProblems(site, script)),
    ...(await cacheProblems(site)),
    ...reportProblems(site),
    ...linkProblems(site),
  ];
}

/** What is wrong with a document alone. */
async function documentProblems(plain: Site, held: Held | undefined): Promise<Finding[]> {
  const script = scriptOf(plain);
  const common = async (site: Site) => [
    ...(await tagProblems(site, script)),
    ...policiesProblems(site, script),
    ...cookieProblems(site),
  ];
  if (!held) return [...anyLockProblems(plain), ...(await common(plain))];
  const site = withPolicy(plain, held);
  if (isExcluded(site)) return [...excludedProblems(site, script)];
  return [...lockProblems(site), ...(await common(site)), ...reportProblems(site), ...linkProblems(site)];
}

/** What is wrong whatever the policy is. */
async function commonProblems(site: Site, script: ServedScript | undefined): Promise<Finding[]> {
  return [
    ...insecureProblems(site.page.url),
    ...(await missingPageProblems(site)),
    ...(await otherAddressProblems(site)),
    ...(await filesProblems(site, script)),
    ...policiesProblems(site, script),
    ...cookieProblems(site),
  ];
}
