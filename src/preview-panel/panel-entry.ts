import type { UndeclaredRequest } from '../messages/messages';
import { askPreview } from './ask-preview';
import { loadUnderNewPolicy } from './load-under-new-policy';
import type { PanelSettings, Party } from './settings';

/** What became of requests. */
export type Outcome = 'refused' | 'let through';

/** One origin that the page has asked, and what can be done about it. */
export class PanelEntry {
  readonly item = document.createElement('li');
  readonly #text = document.createElement('p');
  readonly #kinds = new Set<string>();
  readonly #origin: string;
  readonly #settings: PanelSettings;
  readonly #outcome: Outcome;
  #party: Party | undefined;

  constructor(origin: string, outcome: Outcome, settings: PanelSettings) {
    this.#origin = origin;
    this.#outcome = outcome;
    this.#settings = settings;
    const host = document.createElement('b');
    host.textContent = new URL(origin).host;
    this.item.append(host, this.#text);
  }

  /** A request more. Those of a script or a beacon have no kind. */
  add({ destination }: UndeclaredRequest): void {
    this.#kinds.add(destination || 'fetch');
    this.#say();
  }

  /** Who it is: from then on, a person can decide what it is for. */
  know(party: Party): void {
    this.#party = party;
    this.#say();
    if (this.#origin !== this.#settings.portal) this.item.append(this.#form(party));
  }

  #say(): void {
    const party = this.#party;
    const who = party === undefined ? 'not known yet' : describe(party);
    const what =
      this.#origin === this.#settings.portal
        ? 'the site itself, by an address that its scripts have put together: refused in the preview only'
        : who;
    this.#text.textContent = `${this.#outcome}: ${what}. Asked for as ${[...this.#kinds].sort().join(', ')}.`;
  }

  #form({ service, purpose }: Party): HTMLFormElement {
    const { file, purposes } = this.#settings;
    const form = document.createElement('form');
    const select = Object.assign(document.createElement('select'), { ariaLabel: `Purpose of ${this.#origin}` });
    select.append(...purposes.map((one) => new Option(one, one, one === purpose, one === purpose)));
    const button = document.createElement('button');
    button.textContent = service === undefined ? `Add to ${file} as this` : `Change in ${file} to this`;
    const status = document.createElement('p');
    status.setAttribute('role', 'status');
    form.append(select, ' ', button, status);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      button.disabled = true;
      askPreview(this.#settings, 'policy', { address: this.#origin, purpose: select.value })
        .then(loadUnderNewPolicy)
        .catch((error: Error) => {
          status.textContent = error.message;
          button.disabled = false;
        });
    });
    return form;
  }
}

function describe({ provider, service, purpose }: Party): string {
  return service === undefined
    ? `${provider}, which no service declares`
    : `${provider}, the service "${service}" (${purpose})`;
}
