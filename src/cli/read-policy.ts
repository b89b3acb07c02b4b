import { PolicyError } from '../policy/policy-error';
import { jsonMistake } from './json-mistake';
import { placesIn } from './mistake-places';
import { parseSitePolicy } from './parse-site-policy';
import { readText, UnreadableFileError } from './read-text';
import { shellWord } from './shell-word';

/**
 * Reads a policy file: JSON in UTF-8, or in UTF-16 as some editors save it.
 * @returns what is in it, without the defaults of what it leaves out
 * @throws (rejects) {UnreadableFileError}
 * @throws (rejects) {PolicyError} when it has mistakes, with the line and the column of each
 */
export async function readPolicy(file: string): Promise<unknown> {
  return JSON.parse(await readPolicyText(file));
}

/** The same, as it is written: JSON in which every key is there once. @throws as `readPolicy` */
export async function readPolicyText(file: string): Promise<string> {
  const text = await readText(file);
  if (!text.trim())
    throw new UnreadableFileError(
      `${file} is empty. Delete it, and let one be written to start from: npx cookie-gatekeeper init ${shellWord(file)}`,
    );
  const mistake = jsonMistake(text);
  if (mistake)
    throw new UnreadableFileError(
      `${file} is not JSON: line ${mistake.line}, column ${mistake.column}: ${mistake.fix}.`,
    );
  validate(text, file);
  return text;
}

/** Only here a policy has a text that its mistakes have a place in. */
function validate(text: string, file: string): void {
  try {
    parseSitePolicy(JSON.parse(text), file);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const placeOf = placesIn(text);
    const placed = error.issues.map((issue) => ({ ...issue, place: placeOf(issue) }));
    placed.sort(({ place: one }, { place: other }) => one.line - other.line || one.column - other.column);
    throw new PolicyError(placed, file);
  }
}
