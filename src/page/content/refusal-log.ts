import { builtIn } from '../../dom/built-in';
import { randomUuid } from '../../consent/random-uuid';
import { CSP_MARKER } from '../../csp/document-csp';
import type { Notice, Refusal, UndeclaredRequest } from '../../messages/messages';
import type { Violation } from '../document/earlier-violations';

/** What the log needs of the page. */
export interface RefusalLogOptions {
  /** The services that requests belong to, in the same order; none where the worker, which knows, does not answer. */
  servicesOf(requests: UndeclaredRequest[]): Promise<Pick<Refusal, 'service' | 'services'>[]>;
  /** Called with what is new. */
  noted(notice: NotedNotice): void;
}

/** A client that tries again and again is asked about once. */
const GATHERING_MS = 20;
/** A page that lives for hours may be refused something every second: of what is not the same, the latest are kept. */
const MOST = 500;

export type NotedNotice = Exclude<Notice, { type: 'wake-me' }>;

/** What was refused on this page, or let through undeclared: by the worker, which tells, and by the document's policies. */
export class RefusalLog {
  readonly refusals: Refusal[] = [];
  readonly undeclared: UndeclaredRequest[] = [];
  readonly #options: RefusalLogOptions;
  readonly #violations: UndeclaredRequest[] = [];

  constructor(options: RefusalLogOptions) {
    this.#options = options;
  }

  /** Notes what the document's policies refuse from now on. */
  watch(): void {
    builtIn(document).addEventListener('securitypolicyviolation', (event) => this.noteViolation(event));
  }

  /** Notes a request; what is the same as one before counts with that. The worker may tell of one twice. */
  note({ type, request }: NotedNotice): void {
    const noted: UndeclaredRequest[] = type === 'refusal' ? this.refusals : this.undeclared;
    const known = noted.find(({ url, destination }) => url === request.url && destination === request.destination);
    const { id, time } = request;
    if (known && (known.time > time || known.id === id)) return;
    const counted = Object.assign(known ?? { ...request, count: 0 }, { id, time });
    counted.count!++;
    // What no element of the page has asked for, the page has no use for later.
    if (!known && noted.push(counted) > MOST) noted.splice(Math.max(0, noted.findIndex(isFetched)), 1);
    this.#options.noted({ type, request: counted } as NotedNotice);
  }

  noteViolation({
    blockedURI,
    blockedURL: url = blockedURI!,
    effectiveDirective,
    originalPolicy,
    disposition,
  }: Violation): void {
    const isOurs = disposition === 'enforce' && originalPolicy.includes(CSP_MARKER);
    if (!isOurs || !/^(http|ws)/.test(url) || url.startsWith(`${origin}/`)) return;
    const destination = effectiveDirective.replace(/-src.*/, '');
    if (this.#violations.push({ id: randomUuid(), url, destination, time: Date.now() }) === 1)
      setTimeout(() => void this.#noteViolations(), GATHERING_MS);
  }

  async #noteViolations(): Promise<void> {
    const violations = this.#violations.splice(0);
    const services = await this.#options.servicesOf(violations);
    violations.forEach((request, i) =>
      this.note({ type: 'refusal', request: { ...request, ...services[i], reason: 'wall', layer: 'wall' } }),
    );
  }
}

function isFetched({ destination }: UndeclaredRequest): boolean {
  return /^(connect)?$/.test(destination);
}
