import { builtIn } from '../../dom/built-in';

/** An address of the web, absolute; undefined for code and local schemes, and for what is none. */
export function webUrl(address: string | null | undefined): string | undefined {
  try {
    const { protocol, href } = new URL(address!, builtIn(document).baseURI);
    return /^https?:$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
