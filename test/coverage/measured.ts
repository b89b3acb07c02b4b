import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AnyEngine } from './drivers';
import type { EngineResults } from './matrix';
import type { State } from './states';
import { missing } from './verdict';

const FOLDER = new URL('../../docs/coverage/', import.meta.url);
const FILE = new URL('results.json', FOLDER);

/** What came of one state, by ids of probes: what got out, and what a grant did not let through; or why nothing is known. */
type MeasuredState = { out: string[]; notThrough: string[] } | { error: string };

/** What was measured in one engine under one protection. */
export interface MeasuredEngine {
  version: string;
  /** Such as `2026-11-26`. */
  date: string;
  /** The probes that the engine sends when nothing guards the site. */
  sent: string[];
  /** By the state's name; null where the engine cannot be in it. */
  states: Record<string, MeasuredState | null>;
}

/** By the protection's name and the engine's; what was not measured yet is not there. */
export type Measured = Record<string, Partial<Record<AnyEngine, MeasuredEngine>>>;

/** What earlier runs have measured. */
export function readMeasured(): Measured {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Measured;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

export function writeMeasured(measured: Measured): void {
  mkdirSync(FOLDER, { recursive: true });
  // A line an engine: what changed is seen, and nobody reads more.
  const protections = Object.entries(measured).map(([name, engines]) => {
    const lines = Object.entries(engines).map(
      ([engine, found]) => `    ${JSON.stringify(engine)}: ${JSON.stringify(found)}`,
    );
    return `  ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n  }`;
  });
  writeFileSync(FILE, `{\n${protections.join(',\n')}\n}\n`);
}

/** What the document needs of an engine's results. */
export function measuredOf({ engine, version, baseline, cells }: EngineResults): MeasuredEngine {
  const idsOf = (hits: object) => Object.keys(hits).sort();
  const stateOf = (state: State): MeasuredState | null => {
    const found = cells.get(state);
    if (!found) return null;
    if (found instanceof Error) return { error: found.message };
    const { hits } = state.armed ? baseline.armed : baseline.whole;
    return state.expects === 'closed'
      ? { out: idsOf(found.hits), notThrough: [] }
      : { out: [], notThrough: missing(found.hits, hits, engine, state).map(({ id }) => id) };
  };
  return {
    version,
    date: new Date().toISOString().slice(0, 10),
    sent: idsOf({ ...baseline.whole.hits, ...baseline.armed.hits }),
    states: Object.fromEntries([...cells.keys()].map((state) => [state.name, stateOf(state)])),
  };
}
