import type { Choices } from '../../../src/consent/record';
import type { ConsentState } from '../../../src/consent/service-status';
import type { ConsentSource } from '../../../src/adapters/permitted';

/** The page's gatekeeper, as far as adapters know it: the test decides for the visitor. */
export class FakeGatekeeper extends EventTarget implements ConsentSource {
  readonly ready: Promise<void>;
  consent: { state: ConsentState; choices: Choices } = {
    state: 'undecided',
    choices: { portal: true, ga: false, ads: false, matomo: false },
  };
  #read!: () => void;

  constructor() {
    super();
    this.ready = new Promise((resolve) => (this.#read = resolve));
  }

  allows(service: string): boolean {
    return this.consent.choices[service] ?? false;
  }

  /** The stored consent has been read; resolves when everybody has been told. */
  async read(state: ConsentState, choices: Choices): Promise<void> {
    this.consent = { state, choices: { ...this.consent.choices, ...choices } };
    this.#read();
    await this.ready;
    await Promise.resolve();
  }

  decide(choices: Choices): void {
    this.consent = { state: 'decided', choices: { ...this.consent.choices, ...choices } };
    this.dispatchEvent(new CustomEvent('consentchange', { detail: this.consent }));
  }
}

/** Puts a page's globals there for one test; returns a function that takes them away. */
export function fakePage(cookie = ''): () => void {
  Object.assign(globalThis, { window: {}, document: Object.create({ cookie }) });
  return () => {
    for (const name of ['window', 'document']) delete (globalThis as Record<string, unknown>)[name];
  };
}
