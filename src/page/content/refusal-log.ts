import { CSP_MARKER } from '../../csp/document-csp';
import type { Notice, Refusal, UndeclaredRequest } from '../../messages/messages';
import { earlierViolations, type Violation } from '../document/earlier-violations';

/** What the log needs of the page. */
export interface RefusalLogOptions {
  /** The services that a URL belongs to: the worker knows. */
  servicesOf(url: string, destination: string): Promise<Pick<Refusal, 'service' | 'services'>>;
  /** Called with what is new. */
  noted(notice: NotedNotice): void;
}

export type NotedNotice = Exclude<Notice, { type: 'wake-me' }>;

/** What was refused on this page, or let through undeclared: by the worker, which tells, and by the document's policies. */
export class RefusalLog {
  readonly refusals: Refusal[] = [];
  readonly undeclared: UndeclaredRequest[] = [];
  readonly #options: RefusalLogOptions;
  readonly #ids = new Set<string>();

  constructor(options: RefusalLogOptions) {
    this.#options = options;
  }

  /** Notes what the document's policies refuse from now on, and have refused before. */
  watch(): void {
    document.addEventListener('securitypolicyviolation', (event) => void this.#noteViolation(event));
    for (const violation of earlierViolations()) void this.#noteViolation(violation);
  }

  note({ type, request }: NotedNotice): void {
    if (this.#ids.has(request.id)) return;
    this.#ids.add(request.id);
    const noted: UndeclaredRequest[] = type === 'refusal' ? this.refusals : this.undeclared;
    noted.push(request);
    this.#options.noted({ type, request } as NotedNotice);
  }

  async #noteViolation({
    blockedURI,
    blockedURL: url = blockedURI!,
    effectiveDirective,
    originalPolicy,
    disposition,
  }: Violation): Promise<void> {
    const isOurs = disposition === 'enforce' && originalPolicy.includes(CSP_MARKER);
    if (!isOurs || !/^(http|ws)/.test(url) || url.startsWith(`${origin}/`)) return;
    const destination = effectiveDirective.replace(/-src.*/, '');
    const refused = { id: crypto.randomUUID(), url, destination, time: Date.now() };
    const services = await this.#options.servicesOf(url, destination);
    this.note({ type: 'refusal', request: { ...refused, ...services, reason: 'wall', layer: 'wall' } });
  }
}
