import type { ObjectExpression } from 'acorn';
import { full } from 'acorn-walk';
import { CommandError } from '../command-error';
import { readKlaro } from './klaro';
import { isRecord, LiteralReader } from './literal-reader';
import { readOrejime } from './orejime';
import type { OtherConfiguration } from './other-configuration';
import { scriptOf } from './script-of';
import { readTarteaucitron } from './tarteaucitron';
import { readVanillaCookieConsent } from './vanilla-cookieconsent';

/** Those whose configuration is one object, each known by what is in it. */
const READERS = [readVanillaCookieConsent, readOrejime, readKlaro];

/**
 * Finds the configuration of another consent manager in a script, which is not run.
 * @param file names it in errors
 * @throws {CommandError} when it is no JavaScript, or has none
 */
export function findConfiguration(text: string, file: string): OtherConfiguration {
  const script = scriptOf(text, file);
  const reader = new LiteralReader(script);
  const objects: ObjectExpression[] = [];
  full(script.program, (node) => {
    if (node.type === 'ObjectExpression') objects.push(node);
  });
  // The outermost first.
  for (const object of objects.sort((one, other) => one.start - other.start)) {
    const { value, skipped } = reader.read(object);
    if (!isRecord(value)) continue;
    for (const readConfiguration of READERS) {
      const found = readConfiguration(value);
      if (found) return { ...found, skipped };
    }
  }
  const found = readTarteaucitron(script, reader);
  if (found && found.services.length > 0) return found;
  throw new CommandError(
    found
      ? `${file} sets tarteaucitron up, and pushes no service into tarteaucitron.job. Name the file that does.`
      : `${file} has no configuration of Klaro (services), Orejime (purposes), vanilla-cookieconsent 3 (categories) or tarteaucitron (tarteaucitron.job). Name the file that has it, as the browser gets it; where there is none, let an audit find the services: npx cookie-gatekeeper audit https://site.example/ --out policy.json`,
  );
}
