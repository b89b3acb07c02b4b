import type { UndeclaredRequest } from '../messages/messages';
import type { Gatekeeper } from '../page/gatekeeper';
import { askPreview } from './ask-preview';
import { PanelEntry, type Outcome } from './panel-entry';
import { PANEL_STYLES } from './panel-styles';
import type { PanelSettings, Party } from './settings';

/** What a preview shows over the site's page: whom it has asked in vain, or undeclared. */
export class Panel {
  readonly #settings: PanelSettings;
  readonly #summary = document.createElement('summary');
  readonly #list = document.createElement('ul');
  readonly #cookies = Object.assign(document.createElement('p'), { className: 'cookies', hidden: true });
  readonly #entries = new Map<string, PanelEntry>();
  /** Origins of which is not known yet who they are. */
  #unknown: string[] = [];

  constructor(settings: PanelSettings) {
    this.#settings = settings;
  }

  show(gatekeeper: Gatekeeper): void {
    const details = Object.assign(document.createElement('details'), { open: true });
    details.append(this.#summary, this.#list, this.#cookies);
    const host = document.createElement('cookie-gatekeeper-preview');
    const root = host.attachShadow({ mode: 'open' });
    const styles = new CSSStyleSheet();
    styles.replaceSync(PANEL_STYLES);
    root.adoptedStyleSheets = [styles];
    root.append(details);
    // Beside the body, which may be a framework's.
    document.documentElement.append(host);
    for (const request of gatekeeper.refusals) this.#note(request, 'refused');
    for (const request of gatekeeper.undeclared) this.#note(request, 'let through');
    gatekeeper.addEventListener('refusal', ({ detail }) => this.#note(detail, 'refused'));
    gatekeeper.addEventListener('undeclared', ({ detail }) => this.#note(detail, 'let through'));
    gatekeeper.addEventListener('sweep', ({ detail }) => this.#noteCookies(detail.undeclared));
    this.#count();
  }

  #note(request: UndeclaredRequest, outcome: Outcome): void {
    const { origin } = new URL(request.url);
    let entry = this.#entries.get(origin);
    if (!entry) {
      entry = new PanelEntry(origin, outcome, this.#settings);
      this.#entries.set(origin, entry);
      this.#list.append(entry.item);
      // Several are often noted at once.
      if (this.#unknown.push(origin) === 1) queueMicrotask(() => void this.#learn());
      this.#count();
    }
    entry.add(request);
  }

  async #learn(): Promise<void> {
    const addresses = this.#unknown;
    this.#unknown = [];
    try {
      const parties = (await askPreview(this.#settings, 'parties', { addresses })) as Party[];
      addresses.forEach((origin, index) => this.#entries.get(origin)!.know(parties[index]!));
    } catch (error) {
      this.#summary.textContent = `Preview: ${(error as Error).message}`;
    }
  }

  #noteCookies(names: readonly string[]): void {
    this.#cookies.hidden = names.length === 0;
    this.#cookies.textContent = `Cookies that no service declares: ${names.join(', ')}`;
  }

  #count(): void {
    const count = this.#entries.size;
    this.#summary.textContent =
      count === 0
        ? 'Preview: nothing was refused on this page'
        : `Preview: ${count} ${count === 1 ? 'origin' : 'origins'} refused or undeclared`;
  }
}
