import type { ServiceId } from '../gate/terms';
import { INERT } from './inert-markup';
import type { TrustedScripts } from './trusted-scripts';

/** What may be loaded now. */
export interface Released {
  /** Requests that were refused on this page, as absolute URLs without fragment. */
  urls: ReadonlySet<string>;
  /** Whether inert markup of a service, or of all services of a purpose, is permitted. */
  permits(markup: { service?: ServiceId; category?: string }): boolean;
}

const LOADING = 'script[src],link[href],img,source,video,audio,track,input[type=image],image';

/** Every script that is released, one after another: also those of a release that began before the last had ended. */
let scriptsRun: Promise<void> = Promise.resolve();

/**
 * Runs again, in place, what was refused on this page, and activates inert markup. Scripts run one after
 * another in document order, as they would have without the refusal.
 */
export function release(released: Released, trusted: TrustedScripts): Promise<void> {
  for (const element of found(released)) {
    if (element instanceof HTMLScriptElement) continue;
    if (element.matches(INERT)) activate(element);
    else loadAgain(element);
  }
  const run = () => runInOrder(found(released).filter((element) => element instanceof HTMLScriptElement), trusted);
  return (scriptsRun = scriptsRun.then(run, run));
}

function found({ urls, permits }: Released): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`${INERT},${LOADING}`)].filter((element) =>
    element.matches(INERT) ? permits(element.dataset) : urlsOf(element).some((url) => urls.has(url)),
  );
}

/** The URLs that an element may request, absolute and without fragment. */
function urlsOf(element: Element): string[] {
  const candidates = element.getAttribute('srcset')?.split(/,\s+/).map((candidate) => candidate.trim().split(/\s/)[0]) ?? [];
  const attributes = ['src', 'href', 'poster'].map((name) => element.getAttribute(name));
  return [...attributes, ...candidates].map((url) => {
    try {
      return new URL(url!, document.baseURI).href.replace(/#.*/, '');
    } catch {
      return ''; // Nothing that could have been requested.
    }
  });
}

function activate(element: HTMLElement): void {
  element.setAttribute('src', element.dataset.src!);
  delete element.dataset.src;
}

function loadAgain(element: Element): void {
  // A new value starts the load again. For some of these the same value does not count as new.
  for (const name of ['href', 'src', 'srcset', 'poster']) {
    const value = element.getAttribute(name);
    if (value === null) continue;
    element.removeAttribute(name);
    element.setAttribute(name, value);
  }
  element.closest<HTMLMediaElement>('video,audio')?.load();
}

async function runInOrder(scripts: HTMLScriptElement[], trusted: TrustedScripts): Promise<void> {
  let pending: Promise<unknown>[] = [];
  for (const script of scripts) {
    const copy = runnableCopy(script, trusted);
    if (!copy.src) {
      // An inline script runs as soon as it is inserted: not before those that stand above it.
      await Promise.all(pending);
      pending = [];
    } else if (!copy.async) {
      pending.push(new Promise((resolve) => ['load', 'error'].forEach((type) => copy.addEventListener(type, resolve))));
    }
    script.replaceWith(copy);
  }
  await Promise.all(pending);
}

/** A script element runs only once; a copy of it has not run yet. */
function runnableCopy(script: HTMLScriptElement, trusted: TrustedScripts): HTMLScriptElement {
  const copy = document.createElement('script');
  for (const { name, value } of script.attributes) {
    if (name === 'src') copy.src = trusted.url(value);
    else copy.setAttribute(name, name.startsWith('on') ? trusted.script(value) : value);
  }
  if (script.type === 'text/plain') {
    const { src, type } = script.dataset;
    copy.type = type ?? '';
    if (src) copy.src = trusted.url(src);
  } else if (script.type === 'module') {
    // The document remembers that a module failed, by its URL with the fragment; servers never see that.
    copy.src = trusted.url(`${script.src}#released`);
  }
  copy.nonce = script.nonce;
  copy.text = trusted.script(script.text);
  // Inserted scripts are async unless told otherwise, and then keep no order.
  copy.async = script.hasAttribute('async');
  return copy;
}
