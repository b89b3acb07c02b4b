import type { Page } from 'puppeteer';

/** A node of the page: its text, or its name, attributes and children. */
export type Seen = string | [name: string, attributes: string[], children: Seen[]];

export interface Shown {
  /** What went wrong, as its scripts and developers see it. */
  said: string[];
  /** What scripts find in the page, but for what is ours by its name. */
  dom: Seen;
  /** What the visitor sees of each frame of the application: itself, or the placeholder of its service. */
  frames: string[];
  /** How many placeholders, and banners that ask, there are. */
  ours: [placeholders: number, banners: number];
}

/** What an application keeps in its page: see apps.ts. */
declare const said: string[];

/** What is in the page of an application. */
export function look(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const ours = /^cookie-(placeholder|banner)$/;
    // No function with a name: the build adds to those what pages do not have.
    const read = {
      seen(node: ChildNode): Seen[] {
        if (!(node instanceof Element)) return [`${node.nodeType} ${node.textContent}`];
        if (ours.test(node.localName)) return [];
        const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`);
        return [[node.localName, attributes, [...node.childNodes].flatMap((child) => read.seen(child))]];
      },
    };
    const frames = [...document.querySelectorAll<HTMLElement>('main iframe')].map((frame) => {
      const before = frame.previousElementSibling;
      if (frame.offsetHeight > 0) return 'shown';
      return before instanceof HTMLElement && before.localName === 'cookie-placeholder' && before.offsetHeight > 0
        ? `held ${before.dataset.service}`
        : 'held by nothing';
    });
    return {
      said,
      dom: read.seen(document.documentElement)[0]!,
      frames,
      ours: [
        document.querySelectorAll('cookie-placeholder').length,
        document.querySelectorAll('cookie-banner:has(button)').length,
      ] as Shown['ours'],
    };
  });
}
