import { PURPOSES } from '../compiled-policy/literals';
import { PURPOSE_SYNONYMS } from '../compiled-policy/purpose-synonyms';
import { nearest } from './nearest';

/**
 * What is wrong with a purpose that is most likely meant as a known one, while visitors would read it as a heading; undefined
 * for the known ones, for one that the policy has a text for, and for one that is like no other.
 * @param texts the policy's own
 */
export function purposeMistake(purpose: string, texts: unknown): string | undefined {
  const known: readonly string[] = PURPOSES;
  if (known.includes(purpose) || hasText(purpose, texts)) return undefined;
  const meant = meantPurpose(purpose);
  if (!meant) return undefined;
  return `is none of the known purposes, and visitors would read it as it is. Did you mean "${meant}"? For a purpose of your own, write what it is called: "texts": { "en": { "purpose-${purpose}": "…" } }, in every language of the site`;
}

/** The known purpose that a word most likely means; undefined for one that is like none of them. */
export function meantPurpose(word: string): string | undefined {
  const known = PURPOSES.find((one) => one === word || PURPOSE_SYNONYMS[one].includes(word));
  return known ?? nearest(word, PURPOSES);
}

function hasText(purpose: string, texts: unknown): boolean {
  return Object.values(Object(texts) as object).some((words: unknown) =>
    Object.hasOwn(Object(words) as object, `purpose-${purpose}`),
  );
}
