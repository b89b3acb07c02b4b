/** A random UUID, also where the site is served over plain http: `crypto.randomUUID` is for secure contexts only. */
export function randomUuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  // https://www.w3.org/TR/FileAPI/#unicodeBlobURL: it ends with one.
  const url = URL.createObjectURL(new Blob([]));
  URL.revokeObjectURL(url);
  return url.slice(-36);
}
