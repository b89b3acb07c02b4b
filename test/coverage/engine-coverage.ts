import { strict as assert } from 'node:assert';
import type { FamilyProbe } from './probe';
import type { AnyEngine } from './drivers';
import { run, runUntilWhole, type Result } from './run';
import { baselines, states, type State } from './states';
import { leaksOf, missing } from './verdict';
import { World, type Protection } from './world';

/** A state takes 15 to 25 seconds, and each waits for those before it. */
const ALL_STATES_LIMIT_MS = 1_500_000;

interface Covered {
  baseline: Record<'whole' | 'armed', Result>;
  results: Map<State, Promise<Result | undefined>>;
}

/**
 * One test for each state of a visit in each engine: all ways out in one page load. The engines work side by
 * side, since most of the time of each is spent waiting.
 */
export function coverEngines(
  engines: AnyEngine[],
  protection: Protection,
  coveredIn: (engine: AnyEngine) => State[] = () => states,
): void {
  const worlds: World[] = [];
  const results = new Map<AnyEngine, Promise<Covered>>();

  before(() => {
    for (const engine of engines) {
      const covering = cover(engine, protection, worlds, coveredIn(engine));
      // Whoever awaits it fails with it; until then it is nobody's.
      covering.catch(() => undefined);
      results.set(engine, covering);
    }
  });
  after(() => Promise.all(worlds.map((world) => world.stop())));

  for (const engine of engines) {
    describe(`${engine}, wall ${protection.wall}, lock as ${protection.lock}`, () => {
      for (const state of coveredIn(engine)) {
        const expectation = state.expects === 'closed' ? 'nothing leaves' : 'everything gets through';
        it(`${state.name}: ${expectation}`, async function () {
          this.timeout(ALL_STATES_LIMIT_MS);
          const { baseline, results: byState } = await results.get(engine)!;
          const result = await byState.get(state);
          if (!result) return this.skip();
          const measure = state.armed ? baseline.armed : baseline.whole;
          if (state.expects === 'closed') assertNone(leaksOf(result, engine, state), 'got out', result);
          else assertNone(missing(result.hits, measure.hits, engine, state), 'did not get through', result);
        });
      }
    });
  }
}

async function cover(engine: AnyEngine, protection: Protection, worlds: World[], covered: State[]): Promise<Covered> {
  const [open, guarded] = [await World.start(), await World.start(protection)];
  worlds.push(open, guarded);
  const baseline = {
    whole: (await run(engine, baselines.whole, open))!,
    armed: (await run(engine, baselines.armed, open))!,
  };
  const results = new Map<State, Promise<Result | undefined>>();
  let previous: Promise<unknown> = Promise.resolve();
  for (const state of covered) {
    const result = previous.then(() =>
      runUntilWhole(engine, state, guarded, state.armed ? baseline.armed : baseline.whole),
    );
    result.catch(() => undefined);
    previous = result.catch(() => undefined);
    results.set(state, result);
  }
  return { baseline, results };
}

function assertNone(found: FamilyProbe[], what: string, { hits }: Result): void {
  const lines = found.map(
    ({ id, title, family, closedBy }) => `  ${id}: ${title} (${family}; ${closedBy}; ${hits[id] ?? 0} hits)`,
  );
  if (found.length > 0) assert.fail(`${found.length} ${what}:\n${lines.join('\n')}`);
}
