import { parseTree } from 'jsonc-parser';
import type { CompiledPolicy } from '../../compiled-policy/compiled-policy';
import { indexPolicy, type IndexedPolicy } from '../../requests/index-policy';

/** How the policy begins that `build` puts into page and worker. */
const BEGINNING = '{"revision":';

/** The policy that a built script has inside; undefined for another script, and for one that a proxy has rewritten. */
export function servedPolicy(script: string): IndexedPolicy | undefined {
  const start = script.indexOf(BEGINNING);
  const object = start < 0 ? undefined : parseTree(script.slice(start));
  if (!object) return undefined;
  try {
    const policy = JSON.parse(script.slice(start, start + object.length)) as CompiledPolicy;
    return typeof policy.fingerprint === 'string' ? indexPolicy(policy) : undefined;
  } catch {
    // It is the site's own, and anything may have been made of it.
    return undefined;
  }
}
