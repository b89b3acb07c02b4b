import { loadScript } from './load-script';
import { MARK_LENGTH } from './mark-length';
import { addressOf, type Option } from './own-script';

/** Loads a file of a build, when it is needed. */
export type LoadBuilt = typeof loadBuilt;

/**
 * @param option the attribute of our own tag that may say where it is
 * @param file its name, as it was built
 * @param mark of its build, and its Subresource Integrity: `WUWAcQsha256-…`
 * @param exported what it is when it has run
 * @throws (rejects) with its address where it is missing or forbidden, or of another build
 */
export async function loadBuilt<T extends { build: string }>(
  option: Option,
  file: string,
  mark: string,
  exported: () => T,
): Promise<T> {
  const url = addressOf(option, file);
  const load = async () => {
    // What asks is the first that a visitor has to see.
    await loadScript(url, mark.slice(MARK_LENGTH), option === 'interface' ? 'high' : 'auto');
    const loaded = exported();
    if (!mark.startsWith(loaded.build)) throw `${url} is of another build.`;
    return loaded;
  };
  try {
    return await load();
  } catch {
    // The browser's cache may hold an old one.
    await fetch(url, { cache: 'reload' }).catch(() => {});
    return load();
  }
}
