import { builtIn } from '../../dom/built-in';
import type { Refusal } from '../../messages/messages';
import type { Embedded } from './placeholders';
import { webUrl } from './web-url';

/** Addresses in markup. */
const ADDRESS = /(?:https?:)?\/\/[^\s"'<>]+/g;
/** A browser says that it has refused an address, and that the frame is loaded, which is empty then, within this time. */
const TOGETHER_MS = 1_000;

/**
 * Frames that were led to an address by a link: by one in the markup that is their document (`srcdoc`), as facades do it, or
 * by one of the page's that names the frame. No attribute tells, nor does a browser say which frame it has refused.
 */
export class LedAway {
  /** When each of those that were led away had loaded something. */
  readonly #loaded = new WeakMap<Embedded, number>();
  readonly #changed: () => void;

  /** @param changed called when one of them has loaded something again */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /**
   * The refused address that a frame was led to, if any.
   * @param refusalOf of an address, which no element has that would explain it
   */
  addressOf(frame: Embedded, refusalOf: (address: string) => Refusal | undefined): string | undefined {
    if (frame.localName !== 'iframe') return undefined;
    const before = (this.#loaded.get(frame) ?? 0) - TOGETHER_MS;
    const address = addressesFor(frame).find((address) => (refusalOf(address)?.time ?? 0) > before);
    if (address && !this.#loaded.has(frame)) {
      this.#loaded.set(frame, 0);
      frame.addEventListener('load', () => {
        // What one can look into is no refusal.
        this.#loaded.set(frame, Date.now() + (frame.contentDocument ? TOGETHER_MS : 0));
        this.#changed();
      });
    }
    return address;
  }
}

/** Where a frame may have been led to. */
function addressesFor(frame: Embedded): string[] {
  const { srcdoc, src, name } = frame;
  const own = srcdoc ? [...(srcdoc.replaceAll('&amp;', '&').match(ADDRESS) ?? []), src] : [];
  const links = name
    ? builtIn(document).querySelectorAll<HTMLAnchorElement>(`:is(a,area)[target="${CSS.escape(name)}"]`)
    : [];
  return [...own, ...[...links].map(({ href }) => href)].flatMap((address) => webUrl(address) ?? []);
}
