/** The script element that the built file is run by; null where it was put into another script. */
export const ownScript = document.currentScript as HTMLScriptElement | null;

/** The address of a file that is built into the same folder. */
export function besideOwnScript(file: string): string {
  return new URL(file, ownScript?.src || document.baseURI).href;
}
