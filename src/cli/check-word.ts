import { nearest } from '../policy/nearest';
import { UsageError } from './command-error';

/**
 * Sees that a word is one of those that there are.
 * @param kind what they are, such as "format"
 * @throws {UsageError} that names them, and the nearest
 */
export function checkWord<Word extends string>(kind: string, given: string, known: readonly Word[]): Word {
  const found = known.find((word) => word === given);
  if (found) return found;
  const meant = nearest(given, known);
  const plural = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}s`;
  throw new UsageError(
    `there is no ${kind} "${given}".${meant ? ` Did you mean "${meant}"?` : ''} ${plural}: ${known.join(', ')}.`,
  );
}
