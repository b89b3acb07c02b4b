import { attributeOf, type Tag } from '../../csp/read-tags';
import { problem, type Finding } from './finding';
import { get } from './get';
import type { OwnScript, Site } from './site';

/** What every bundle with the page's script in it has, however it was made smaller: the name of the channel. */
const IN_BUNDLE = /["'`]cookie-gatekeeper["'`]/;

/** A page has its own first; the rest are seldom the site's. */
const MOST_SCRIPTS = 20;

/** Whether the page has the gatekeeper's script: by its tag, or in a bundle of the site's own. */
export async function tagProblems(site: Site, script: OwnScript | undefined): Promise<Finding[]> {
  if (script || (await isBundled(site))) return [];
  return [
    problem(
      'tag-missing',
      'The document has no <script src="/gatekeeper.js"></script>, and no script of your own with the gatekeeper in it.',
      'Put the tag first in <head>.',
    ),
  ];
}

async function isBundled({ page, tags, ownScripts }: Site): Promise<boolean> {
  if (IN_BUNDLE.test(page.text)) return true;
  const addresses = tags
    .flatMap((tag) => addressOfScript(tag, page.url) ?? [])
    .filter(({ origin }) => origin === page.url.origin)
    .slice(0, MOST_SCRIPTS);
  const texts = addresses.map((url) => {
    const text = ownScripts.get(url.href) ?? textOfScript(url);
    ownScripts.set(url.href, text);
    return text;
  });
  return (await Promise.all(texts)).some((text) => IN_BUNDLE.test(text));
}

/** Of a script, or of a module that bundlers have preloaded for one. */
function addressOfScript(tag: Tag, page: URL): URL | undefined {
  const isPreloaded = tag.name === 'link' && /^modulepreload$/i.test(attributeOf(tag, 'rel') ?? '');
  if (tag.name !== 'script' && !isPreloaded) return undefined;
  const address = attributeOf(tag, isPreloaded ? 'href' : 'src');
  return address && URL.canParse(address, page.href) ? new URL(address, page) : undefined;
}

/** Empty where it cannot be had: it is not the one then. */
async function textOfScript(url: URL): Promise<string> {
  return get(url).then(
    ({ text }) => text,
    () => '',
  );
}
