import { DEFAULT_PORTS } from '../../origins/host-source';

/** What follows a host and makes another of it. */
const GOES_ON = String.raw`(?![\w:@-]|\.\w)`;
const SCHEMES = ['https:', 'http:', 'wss:', 'ws:', ''];
/** As in HTML, and as in texts of scripts. */
const SLASHES = ['//', '\\/\\/'];
/** A port that is the scheme's default, and the character after it. */
const LONGEST_END = 5;

/** Leads the portal's own addresses to the preview, wherever they stand, and back. */
export class MappedAddresses {
  readonly #written: RegExp;
  readonly #beginnings: string[];

  constructor(
    readonly portal: URL,
    readonly preview: URL,
  ) {
    const host = portal.host.replace(/[.[\]]/g, '\\$&');
    const port = portal.port ? '' : `(?::${DEFAULT_PORTS[portal.protocol.slice(0, -1)]})?`;
    this.#written = new RegExp(`((?:http|ws)s?:|)(\\\\?/\\\\?/)${host}${port}${GOES_ON}`, 'gi');
    this.#beginnings = SCHEMES.flatMap((scheme) => SLASHES.map((slashes) => scheme + slashes + portal.host));
  }

  /** A text in which absolute addresses of the portal are the preview's. */
  toPreview(text: string): string {
    return text.replace(this.#written, (_, scheme: string, slashes: string) => this.#replacement(scheme, slashes));
  }

  /** An address of the preview as the portal has it; any other as it is. */
  toPortal(address: string): string {
    const { preview, portal } = this;
    return address === preview.origin || address.startsWith(`${preview.origin}/`)
      ? portal.origin + address.slice(preview.origin.length)
      : address;
  }

  /** The same as `toPreview`, of a text in any encoding that has ASCII's letters, as it streams by. */
  stream(): TransformStream<Uint8Array, Uint8Array> {
    let held = '';
    return new TransformStream({
      transform: (chunk, controller) => {
        const text = held + Buffer.from(chunk).toString('latin1');
        const whole = this.#wholeLength(text);
        held = text.slice(whole);
        if (whole > 0) controller.enqueue(Buffer.from(this.toPreview(text.slice(0, whole)), 'latin1'));
      },
      flush: (controller) => {
        if (held) controller.enqueue(Buffer.from(this.toPreview(held), 'latin1'));
      },
    });
  }

  #replacement(scheme: string, slashes: string): string {
    return (/^ws/i.test(scheme) ? 'ws:' : scheme && 'http:') + slashes + this.preview.host;
  }

  /** How much of a text ends before what may become an address of the portal with what follows. */
  #wholeLength(text: string): number {
    const longest = this.#beginnings[0]!.length + SLASHES[1]!.length + LONGEST_END;
    const tail = text.slice(-longest).toLowerCase();
    for (let at = 0; at < tail.length; at++) {
      const rest = tail.slice(at);
      const mayBecome = (beginning: string) =>
        beginning.startsWith(rest) || (rest.startsWith(beginning) && rest.length <= beginning.length + LONGEST_END);
      if (this.#beginnings.some(mayBecome)) return text.length - tail.length + at;
    }
    return text.length;
  }
}
