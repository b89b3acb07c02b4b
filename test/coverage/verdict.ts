import type { FamilyProbe } from './probe';
import { probes } from './probes/index';
import type { AnyEngine } from './drivers';
import type { Result } from './run';
import type { State } from './states';
import type { Hits } from './third-party';

/** Why a way out cannot be closed in this engine and state; undefined where it must be closed. */
export function openBecause(probe: FamilyProbe, engine: AnyEngine, state: State): string | undefined {
  if (probe.closedBy === 'open') return probe.reason;
  return probe.exceptions?.find(
    (exception) => (exception.engine ?? engine) === engine && (!exception.uncontrolled || state.uncontrolled),
  )?.reason;
}

/** The ways out that must be closed, and let something through. */
export function leaksOf({ hits }: Result, engine: AnyEngine, state: State): FamilyProbe[] {
  return probes.filter((probe) => hits[probe.id] && openBecause(probe, engine, state) === undefined);
}

/** Why a grant does not let it through in this engine and state; undefined where it must. */
function closedBecause(probe: FamilyProbe, engine: AnyEngine, state: State): string | undefined {
  if (probe.staysClosed === true || probe.staysClosed === engine) return probe.reason;
  if (probe.leftOutBy === engine) return 'the browser may leave it out';
  const { lostOnReload } = probe;
  return state.reloads && lostOnReload && (lostOnReload.engine ?? engine) === engine ? lostOnReload.reason : undefined;
}

/**
 * What a grant must let through, and did not.
 * @param baseline what the engine sends when nothing guards the site; nobody can ask for more
 */
export function missing(hits: Hits, baseline: Hits, engine: AnyEngine, state: State): FamilyProbe[] {
  return probes.filter(
    (probe) => baseline[probe.id] && !hits[probe.id] && closedBecause(probe, engine, state) === undefined,
  );
}
