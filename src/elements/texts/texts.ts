import type { en, enPage } from './en';

/** What the interface says in one language, by key. */
export type Texts = typeof en;
/** What only the policy page says. */
export type PageTexts = typeof enPage;

/** What is said while the visitor is asked, beside the names of the purposes; all else is loaded when it is wanted. */
export const ASKING_KEYS: ReadonlySet<string> = new Set<keyof Texts>([
  'bannerTitle',
  'bannerText',
  'bannerNew',
  'acceptAll',
  'refuseAll',
  'customise',
  'accept',
  'refuse',
  'policyLink',
  'policyUrl',
  'failed',
  'notLoaded',
  'cannot',
]);

/** Raised when what visitors are asked changes its meaning. */
const TEXT_VERSION = '2';

/** The version of what was shown, as receipts name it: `2/2026-11-23`. The texts of a policy are of its revision. */
export function textVersion(revision: string): string {
  return `${TEXT_VERSION}/${revision}`;
}
