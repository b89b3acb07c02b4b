import { readFile } from 'node:fs/promises';
import { parsePolicy } from '../policy/parse-policy';
import { PolicyError } from '../policy/policy-error';
import { jsonMistake } from './json-mistake';
import { placesIn } from './mistake-places';

/** A policy file could not be read, or is not JSON: the message says where, and what to do. */
class UnreadablePolicyError extends Error {
  override name = 'UnreadablePolicyError';
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder. Name the policy file in it',
};

/**
 * Reads a policy file: JSON in UTF-8, or in UTF-16 as some editors save it.
 * @returns what is in it, without the defaults of what it leaves out
 * @throws (rejects) {UnreadablePolicyError}
 * @throws (rejects) {PolicyError} when it has mistakes, with the line and the column of each
 */
export async function readPolicy(file: string): Promise<unknown> {
  return JSON.parse(await readPolicyText(file));
}

/** The same, as it is written: JSON in which every key is there once. @throws as `readPolicy` */
export async function readPolicyText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UnreadablePolicyError(`${file} could not be read: ${REASONS[error.code ?? ''] ?? error.message}.`);
  });
  const text = decode(bytes, file);
  if (!text.trim())
    throw new UnreadablePolicyError(
      `${file} is empty. Delete it, and let one be written to start from: npx cookie-gatekeeper init ${file}`,
    );
  const mistake = jsonMistake(text);
  if (mistake)
    throw new UnreadablePolicyError(
      `${file} is not JSON: line ${mistake.line}, column ${mistake.column}: ${mistake.fix}.`,
    );
  validate(text, file);
  return text;
}

/** Only here a policy has a text that its mistakes have a place in. */
function validate(text: string, file: string): void {
  try {
    parsePolicy(JSON.parse(text), file);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const placeOf = placesIn(text);
    const placed = error.issues.map((issue) => ({ ...issue, place: placeOf(issue) }));
    placed.sort(({ place: one }, { place: other }) => one.line - other.line || one.column - other.column);
    throw new PolicyError(placed, file);
  }
}

function decode(bytes: Uint8Array, file: string): string {
  const encoding = encodingOf(bytes);
  try {
    // Takes a byte order mark away, which is invisible and no JSON.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const before = new TextDecoder(encoding).decode(bytes).split('\ufffd')[0]!;
    throw new UnreadablePolicyError(
      `${file} is not text in ${encoding.toUpperCase()}: line ${before.split('\n').length} has other bytes. Save it as UTF-8.`,
    );
  }
}

/** A policy begins with characters of ASCII: the zero bytes between them tell UTF-16, with a byte order mark or without. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || first === 0 ? 'utf-16be' : 'utf-8';
}
