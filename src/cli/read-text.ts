import { readFile } from 'node:fs/promises';

/** A file that a person has written could not be read, or is not what it is to be: the message says where, and what to do. */
export class UnreadableFileError extends Error {
  override name = 'UnreadableFileError';
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder. Name the file in it',
};

/**
 * Reads a text in UTF-8, or in UTF-16 as some editors save it.
 * @throws (rejects) {UnreadableFileError}
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UnreadableFileError(`${file} could not be read: ${REASONS[error.code ?? ''] ?? error.message}.`);
  });
  const encoding = encodingOf(bytes);
  try {
    // Takes a byte order mark away, which is invisible and no JSON.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const before = new TextDecoder(encoding).decode(bytes).split('\ufffd')[0]!;
    throw new UnreadableFileError(
      `${file} is not text in ${encoding.toUpperCase()}: line ${before.split('\n').length} has other bytes. Save it as UTF-8.`,
    );
  }
}

/** A policy, and a script, begins with characters of ASCII: the zero bytes between them tell UTF-16, with a byte order mark or without. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || first === 0 ? 'utf-16be' : 'utf-8';
}
