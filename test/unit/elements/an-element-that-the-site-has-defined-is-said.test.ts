import assert from 'node:assert/strict';
import { defineElement } from '../../../src/elements/element';

/** What a page has of custom elements, and what its console says. */
class Page {
  readonly #defined = new Map<string, unknown>();
  readonly warnings: string[] = [];
  readonly HTMLElement = class {};
  readonly customElements = {
    get: (name: string) => this.#defined.get(name),
    define: (name: string, made: unknown) => void this.#defined.set(name, made),
  };
  readonly console = { ...console, warn: (warning: string) => this.warnings.push(warning) };

  run(act: () => void): void {
    const names = ['HTMLElement', 'customElements', 'console'] as const;
    const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
    for (const name of names)
      Object.defineProperty(globalThis, name, { value: this[name], configurable: true, writable: true });
    try {
      act();
    } finally {
      for (const [index, name] of names.entries()) {
        if (before[index]) Object.defineProperty(globalThis, name, before[index]);
        else Reflect.deleteProperty(globalThis, name);
      }
    }
  }
}

const define = (name: string) => defineElement(name, () => () => {});

describe('An element that the site has defined is said', () => {
  it('each once, with what is missing and what to do', () => {
    const page = new Page();
    page.run(() => {
      for (const name of ['cookie-banner', 'cookie-policy']) {
        customElements.define(name, class extends HTMLElement {});
        define(name);
      }
    });
    assert.equal(page.warnings.length, 2);
    for (const [index, name] of ['cookie-banner', 'cookie-policy'].entries())
      assert.match(
        page.warnings[index]!,
        new RegExp(`<${name}> itself, so ours asks .*nothing\\. Give the site’s another`),
      );
  });

  it('but not where it is ours, from a script that is there twice', () => {
    const page = new Page();
    page.run(() => ['cookie-banner', 'cookie-banner'].forEach(define));
    assert.deepEqual(page.warnings, []);
  });
});
