import { builtIn } from '../../dom/built-in';
import { ADDRESSES, INERT } from '../document/inert-markup';
import { LateScripts } from './late-scripts';
import { runnableCopy } from './runnable-copy';
import { SitePolicy } from './site-policy';
import { documentTrees } from './document-trees';
import type { TrustedScripts } from '../files/trusted-scripts';
import { webUrl } from './web-url';

/** What may be loaded now. */
export interface Unblocked {
  /** Requests that were refused on this page, as absolute URLs without fragment. */
  urls: ReadonlySet<string>;
  /** Inert markup. */
  inert: HTMLElement[];
}

const LOADING = 'script[src],link[href],img,source,video,audio,track,input[type=image],image';

/** Scripts that were released, or never will be. They stay where they are, as the site's own: a copy runs beside each. */
const done = new WeakSet<Element>();

let lateScripts: LateScripts | undefined;

/** Every script that is released, one after another: also those of a release that began before the last had ended. */
let scriptsRun: Promise<void> = Promise.resolve();

/**
 * Runs again, in place, what was refused on this page, and activates inert markup. Scripts run one after
 * another in document order, as they would have without the refusal. The site's own policy holds them as it would have.
 */
export function unblock(released: Unblocked, trusted: TrustedScripts): Promise<void> {
  const elements = found(released);
  for (const element of elements) {
    if (isScript(element)) continue;
    if (element.matches(INERT)) activate(element);
    else loadAgain(element);
  }
  const run = () => runInOrder(elements.filter(isScript), trusted);
  return (scriptsRun = scriptsRun.then(run, run));
}

/** In document order. Documents in frames are left to their own scripts. */
function found({ urls, inert }: Unblocked): HTMLElement[] {
  const trees =
    urls.size > 0 ? documentTrees(document).filter((tree) => (tree.ownerDocument ?? tree) === document) : [];
  const refused = trees
    .flatMap((tree) => [...builtIn(tree).querySelectorAll<HTMLElement>(LOADING)])
    .filter((element) => !element.matches(INERT) && urlsOf(element).some((url) => urls.has(url)));
  const found = [...inert, ...refused].filter((element) => !done.has(element));
  for (const element of found) if (isScript(element)) done.add(element);
  return found.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}

function isScript(element: Element): element is HTMLScriptElement {
  return element instanceof HTMLScriptElement;
}

/** The URLs that an element may request, absolute and without fragment. */
function urlsOf(element: Element): string[] {
  if (isScript(element)) return [withoutFragment(element.src)];
  const candidates =
    element
      .getAttribute('srcset')
      ?.split(/,\s+/)
      .map((candidate) => candidate.trim().split(/\s/)[0]) ?? [];
  const attributes = ['src', 'href', 'poster'].map((name) => element.getAttribute(name));
  return [...attributes, ...candidates].map((url) => withoutFragment(webUrl(url) ?? ''));
}

function withoutFragment(url: string): string {
  return url.replace(/#.*/, '');
}

function activate(element: HTMLElement): void {
  for (const name of ADDRESSES) {
    const value = element.dataset[name];
    // An address that is code must not be what somebody gets into a page as markup.
    if (value === undefined || (name !== 'srcset' && !webUrl(value))) continue;
    setAddress(element, name, value);
    delete element.dataset[name];
  }
  if (element instanceof HTMLIFrameElement) seeLoaded(element);
  startMedia(element);
}

/**
 * Chromium brings an empty frame back over a reload, sometimes in the place of the address that it has been given meanwhile.
 */
function seeLoaded(frame: HTMLIFrameElement): void {
  const { src } = frame;
  const loadAgain = () => {
    if (src && frame.src === src && frame.contentDocument?.URL === 'about:blank') frame.src = src;
  };
  frame.addEventListener('load', loadAgain, { once: true });
}

function loadAgain(element: Element): void {
  // A new value starts the load again. For some of these the same value does not count as new.
  for (const name of ADDRESSES) {
    const value = element.getAttribute(name);
    if (value === null) continue;
    element.removeAttribute(name);
    setAddress(element, name, value);
  }
  startMedia(element);
}

function setAddress(element: Element, name: string, value: string): void {
  // Firefox loads captions when the property is set, and not the attribute.
  if (element instanceof HTMLTrackElement && name === 'src') element.src = value;
  else element.setAttribute(name, value);
}

function startMedia(element: Element): void {
  // Captions come into what plays already, which is not to begin again.
  if (!(element instanceof HTMLTrackElement)) element.closest<HTMLMediaElement>('video,audio')?.load();
}

async function runInOrder(scripts: HTMLScriptElement[], trusted: TrustedScripts): Promise<void> {
  if (scripts.length === 0) return;
  const late = (lateScripts ??= new LateScripts(trusted));
  late.begin();
  try {
    const sitePolicy = new SitePolicy(trusted);
    const pending: Promise<unknown>[] = [];
    for (const script of scripts) {
      const copy = script.isConnected && runnableCopy(script, trusted);
      if (!copy) continue;
      if (!sitePolicy.permits(script)) {
        console.warn(
          'cookie-gatekeeper: the site’s Content-Security-Policy wants the page’s nonce on this script.',
          script,
        );
        continue;
      }
      if (isRequiredAgain(script)) continue;
      // An inline script runs as soon as it is inserted: not before those that stand above it.
      if (!copy.src) await Promise.all(pending);
      const ended = run(copy, late, () => script.after(copy));
      if (!copy.async) pending.push(ended);
    }
    await Promise.all(pending);
  } finally {
    late.end();
  }
}

interface Require {
  (modules: string[]): void;
  undef(module: string): void;
}

/**
 * Has RequireJS ask again for a module that it has asked for: it would give what a copy defines to the next script of the site.
 * @see https://requirejs.org/docs/api.html#errbacks
 */
function isRequiredAgain({ dataset: { requiremodule: module } }: HTMLScriptElement): boolean {
  const { requirejs } = window as { requirejs?: Require };
  if (!module || !requirejs?.undef) return false;
  requirejs.undef(module);
  requirejs([module]);
  return true;
}

/** @returns when it has run, or could not be loaded */
async function run(script: HTMLScriptElement, late: LateScripts, insert: () => void): Promise<void> {
  late.expect(script);
  const ended = new Promise((resolve) => ['load', 'error'].forEach((type) => script.addEventListener(type, resolve)));
  insert();
  if (!script.src) return;
  late.begin();
  await ended;
  late.end();
}
