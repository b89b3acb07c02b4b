import { readTags } from '../../csp/read-tags';
import { decideRequest } from '../../requests/decide-request';
import { indexPolicy } from '../../requests/index-policy';
import { compilePolicy } from '../../compiled-policy/compiled-policy';
import { parsePolicy } from '../../policy/parse-policy';
import { excludedProblems, isExcluded } from './excluded-problems';
import { filesProblems } from './file-problems';
import { getPage } from './get';
import { linkProblems } from './link-problems';
import { lockProblems } from './lock-problems';
import { policiesProblems } from './policy-problems';
import { reportProblems } from './report-problems';
import { scriptOf, type Site } from './site';

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
  const rules = indexPolicy(compilePolicy(parsed));
  const page = await getPage(address);
  if (page.status >= 400) return [`${page.url.href} is answered with ${page.status}. Name a page that visitors see.`];
  if (!/html/i.test(page.headers.get('content-type') ?? ''))
    return [
      `${page.url.href} is no HTML page, but ${page.headers.get('content-type') ?? 'of no type'}. Name a page that visitors see.`,
    ];
  const nobody = { restored: false, record: undefined, now: Date.now(), globalPrivacyControl: false };
  const isRefused = (url: string) =>
    !URL.canParse(url, page.url.href) ||
    decideRequest({ url: new URL(url, page.url).href, site: page.url.href }, nobody, rules).action === 'refuse';
  const site: Site = { rules, hasLock: parsed.wall !== 'off', file, page, tags: readTags(page.text).tags, isRefused };
  const script = scriptOf(site);
  if (isExcluded(site)) return [...excludedProblems(site, script)];
  return [
    ...lockProblems(site),
    ...(await filesProblems(site, script)),
    ...policiesProblems(site, script),
    ...reportProblems(site),
    ...linkProblems(site),
  ];
}
