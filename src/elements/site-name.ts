import { builtIn } from '../dom/built-in';
import type { Interface } from './interface';
import type { Words } from './words';

/** Between what a page is called and what its site is. */
const BETWEEN = /\s[-–—|·•:]\s/;

/** What visitors know the site as: by its policy, or else as it tells others, or else by the last part of the page’s title. */
export function siteName({ policy }: Interface, { text }: Words): string {
  const told = builtIn(document).querySelector<HTMLMetaElement>('meta[property="og:site_name"]')?.content;
  const [, ...parts] = builtIn(document).title.split(BETWEEN);
  return text(policy.name) || told || parts.at(-1) || location.host;
}
