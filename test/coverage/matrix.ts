import type { AnyEngine } from './drivers';
import { run, runUntilWhole, type Result } from './run';
import { baselines, type State } from './states';
import { World, type Protection } from './world';

/** What came of one state: a result, nothing where the engine cannot be in it, or why it could not be measured. */
type Cell = Result | undefined | Error;

export interface EngineResults {
  engine: AnyEngine;
  version: string;
  /** What is sent when nothing guards the site: by a page served whole, or with its markup put in later. */
  baseline: Record<'whole' | 'armed', Result>;
  cells: Map<State, Cell>;
}

/** Measures states of a visit in one engine. */
export async function measure(
  engine: AnyEngine,
  protection: Protection,
  states: readonly State[],
): Promise<EngineResults> {
  const open = await World.start();
  const whole = await run(engine, baselines.whole, open);
  const armed = await run(engine, baselines.armed, open).finally(() => open.stop());
  const guarded = await World.start(protection);
  const cells = new Map<State, Cell>();
  try {
    for (const state of states) {
      cells.set(
        state,
        await runUntilWhole(engine, state, guarded, state.armed ? armed! : whole!).catch((error: Error) => error),
      );
    }
  } finally {
    await guarded.stop();
  }
  return { engine, version: whole!.version, baseline: { whole: whole!, armed: armed! }, cells };
}
