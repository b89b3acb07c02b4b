import { metaLockOf } from '../../csp/meta-lock';
import { isOwnCsp, splitPolicies } from '../../csp/own-csp-header';
import { ownScriptOf } from '../../csp/own-script-tag';
import { attributeOf, type Tag } from '../../csp/read-tags';
import type { IndexedPolicy } from '../../requests/index-policy';
import type { Answer } from './get';
import { shellWord } from '../shell-word';

/** What is checked, and against what. */
export interface Site {
  /** Undefined where no policy is known. */
  policy?: IndexedPolicy;
  /** Names the policy file in what is to be typed. */
  file: string;
  page: Answer;
  tags: Tag[];
  /** Where the site's worker is, if that was said. */
  workerUrl?: string;
  /** Scripts of the site's own that were asked for, by their addresses: pages share them. */
  ownScripts: Map<string, Promise<string>>;
  /** Whether another page of the site has the lock, so that one without was left out by its server. */
  isLockedElsewhere?: boolean;
}

/** A site of which a policy says what it is to be. */
export interface SiteWithPolicy extends Site {
  policy: IndexedPolicy;
  /** Whether the policy has a lock at all, to hold or to report. */
  hasLock: boolean;
  /** Whether the policy refuses an address to a visitor who has said nothing. */
  isRefused(url: string): boolean;
}

/** The locks that the document has, those that only report, and those that its HTML brings. */
export function locksOf({ page, tags }: Site): { inHeader: string[]; reported: string[]; inTags: string[] } {
  const ownIn = (header: string) => splitPolicies(page.headers.get(header)).filter(isOwnCsp);
  return {
    inHeader: ownIn('content-security-policy'),
    reported: ownIn('content-security-policy-report-only'),
    inTags: tags.flatMap((tag) => metaLockOf(tag) ?? []),
  };
}

/** Whether the document has a lock that holds. */
export function isLocked(site: Site): boolean {
  const { inHeader, inTags } = locksOf(site);
  return inHeader.length + inTags.length > 0;
}

/** Why a server sends the lock with other pages and not with this one, most often; and a line that shows it. */
export function whyOnlyHere({ href }: URL): string {
  return `Other pages have it: in nginx, a location with an add_header of its own inherits none, so repeat it there; in Express, helmet, or a handler that sets Content-Security-Policy, replaces it. See it: curl -sI '${href.replaceAll("'", '%27')}' -H 'Accept: text/html'`;
}

/** What to type for the lock of the documents. */
export function documentLinesOf(site: Site): string {
  return site.policy?.lock === 'meta'
    ? `npx cookie-gatekeeper lock ${shellWord(site.file)} --format meta`
    : linesOf(site);
}

/** What to type for what a server is to send. */
export function linesOf({ file }: Site): string {
  return `npx cookie-gatekeeper lock ${shellWord(file)} --format nginx|apache|caddy|express`;
}

/** The page's script, as its tag has it. */
export interface OwnScript {
  url: URL;
  nonce?: string;
  /** Whether the tag has `crossorigin`. */
  isAskedForByCors: boolean;
  /** Where a built file is: as an attribute of the tag says it, or in the folder of `data-base`, or beside the script. */
  addressOf(attribute: string, file: string): URL;
}

/** Where the worker is: as it was said, as the script's tag says it, or where it is without a tag. */
export function workerOf({ page, workerUrl }: Site, script: OwnScript | undefined): URL {
  if (workerUrl !== undefined) return new URL(workerUrl, page.url);
  return script?.addressOf('data-worker', 'gatekeeper-sw.js') ?? new URL('/gatekeeper-sw.js', page.url);
}

export function scriptOf({ page, tags }: Site): OwnScript | undefined {
  for (const tag of tags) {
    const url = ownScriptOf(tag, page.url.href);
    if (!url) continue;
    const folder = new URL((attributeOf(tag, 'data-base') ?? '.').replace(/\/?$/, '/'), url);
    return {
      url,
      nonce: attributeOf(tag, 'nonce'),
      isAskedForByCors: attributeOf(tag, 'crossorigin') !== undefined,
      addressOf: (attribute, file) => new URL(attributeOf(tag, attribute) ?? file, folder),
    };
  }
  return undefined;
}
