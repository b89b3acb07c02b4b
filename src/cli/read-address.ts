import { UsageError } from './command-error';

/** @throws {UsageError} for what is no address of a page */
export function readAddress(text: string): URL {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text);
  const meant = /^[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(\/|$)/i.test(text)
    ? new URL(`https://${text}`).href
    : 'https://site.example/';
  throw new UsageError(`"${text}" is no address of a page. Write one such as ${meant}`);
}
