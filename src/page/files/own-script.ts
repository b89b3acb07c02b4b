import { builtIn } from '../../dom/built-in';

/** Put in the place of this word by the command line's `build`: the folder of its files, `.` where it was told none. */
declare const __BASE__: string;

/**
 * The script element that the built file is run by: its own, or that of the script which it was put into. A module has
 * none; it is known by its name, or by what it says.
 */
const ownScript = (builtIn(document).currentScript ??
  builtIn(document).querySelector('script[data-base],script[src*=gatekeeper]')) as HTMLScriptElement | null;

/** What the tag says (`data-scope`, `data-worker`, …), and how: what it loads is loaded alike. */
const { dataset = {}, nonce = '', crossOrigin = null, integrity = '', src = '' } = ownScript ?? {};
export { crossOrigin, dataset, integrity, nonce };

/** Its attributes that say where a file is. */
export type Option = 'worker' | 'onDemand' | 'interface' | 'preferences' | 'diagnosis';

/**
 * The address of a built file: the one that the tag says, or in the folder that the tag (`data-base`) or the build has
 * told, or beside our own script; for one that is written into the page, at the site's root.
 */
export function addressOf(option: Option, file: string): string {
  const folder = (dataset['base'] ?? __BASE__).replace(/\/?$/, '/');
  return new URL(dataset[option] ?? file, new URL(folder, src || location.origin)).href;
}
