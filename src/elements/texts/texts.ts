import type { en, enPage } from './en';

/** What the interface says in one language, by key. */
export type Texts = typeof en;
/** What only the policy page says. */
export type PageTexts = typeof enPage;

/** Raised when what visitors are asked changes its meaning: receipts name the version that was shown. */
export const TEXT_VERSION = '1';
