import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { PolicyMistake, TextPlace } from '../policy/policy-error';
import { placeAt } from './text-place';

/**
 * Finds where mistakes of a policy stand in its text: a value, a key that is wrong itself, or the object in which something is
 * missing.
 * @param text JSON
 */
export function placesIn(text: string): (mistake: PolicyMistake) => TextPlace {
  const policy = parseTree(text)!;
  return (mistake) => placeAt(text, nodeOf(mistake, policy).offset);
}

function nodeOf({ keys, isKey }: PolicyMistake, policy: Node): Node {
  let node = policy;
  for (const key of keys) {
    const next = findNodeAtLocation(node, [key]);
    if (!next) return node;
    node = next;
  }
  // A property's children are its key and its value.
  return isKey ? node.parent!.children![0]! : node;
}
