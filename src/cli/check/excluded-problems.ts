import { pathMatches } from '../../origins/host-source';
import { locksOf, type OwnScript, type SiteWithPolicy } from './site';
import { problem, type Finding } from './finding';

/** Whether the policy leaves the page alone. */
export function isExcluded({ policy, page }: SiteWithPolicy): boolean {
  return policy.exclude?.some((path) => pathMatches(path, page.url.pathname)) ?? false;
}

/** What such a page has that it is to be without. */
export function* excludedProblems(site: SiteWithPolicy, script: OwnScript | undefined): Generator<Finding> {
  const { inHeader, inTags } = locksOf(site);
  if (inHeader.length + inTags.length > 0)
    yield problem(
      'excluded-page-locked',
      'The policy leaves this page alone ("exclude"), but it has the lock, which nobody opens here.',
      'Send it without.',
    );
  if (script)
    yield problem(
      'excluded-page-tagged',
      `The policy leaves this page alone ("exclude"), but it has the tag of ${script.url.href}.`,
      'Take it out.',
    );
}
