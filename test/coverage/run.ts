import { drive, type AnyEngine } from './drivers';
import type { State } from './states';
import type { Hits } from './third-party';
import { missing } from './verdict';
import { visitor } from './visitor';
import type { World } from './world';

/** What one state of a visit let through in one engine. */
export interface Result {
  hits: Hits;
  /** Of these, what was seen before the page was left. */
  hitsBeforeLeaving: Hits;
  version: string;
}

/**
 * Comes to the site in a fresh browser as the state says, runs all probes, and counts at the third party.
 * @param baseline what is sent when nothing guards the site: what must get through is waited for
 * @returns undefined where the engine, or the site, cannot be brought into this state
 */
export async function run(
  engine: AnyEngine,
  state: State,
  world: World,
  baseline?: Result,
): Promise<Result | undefined> {
  const party = state.party ?? 'tracker';
  if (state.needsWall && !world.hasWall) return undefined;
  if (state.needsHeader && world.lock !== 'header') return undefined;
  const driver = await drive(engine, { restless: state.needs === 'stopWorker', names: world.names(party) });
  try {
    if (state.needs && !driver[state.needs]) return undefined;
    const probing = world.add(
      party,
      ({ headers, counted }) => !(state.armed && headers) && !(state.repeats && counted === 'udp'),
    );
    const hits = () => world.parties[party].hits(probing.id);
    const isThrough = (expected: Hits | undefined) =>
      state.expects === 'closed' || !expected || missing(hits(), expected, engine, state).length === 0;
    const arriving = visitor(driver, world, probing, {
      before: () => isThrough(baseline?.hitsBeforeLeaving),
      after: () => isThrough(baseline?.hits),
    });
    await state.arrive(arriving);
    let hitsBeforeLeaving: Hits = {};
    await arriving.leave(() => (hitsBeforeLeaving = { ...hits() }));
    return { hits: hits(), hitsBeforeLeaving, version: driver.version };
  } finally {
    world.deploy('asked');
    await driver.close();
  }
}

/** Of a state whose requests are expected: a machine under load loses some, and not the same ones each time. */
const MOST_RUNS = 3;

/**
 * The same, with another chance for what says nothing about leaks: a browser that hangs, and granted requests that a browser
 * lost. What the gate holds back is missing every time; so what got through in one of them does.
 */
export async function runUntilWhole(
  engine: AnyEngine,
  state: State,
  world: World,
  baseline: Result,
): Promise<Result | undefined> {
  const again = () => run(engine, state, world, baseline);
  const isWhole = ({ hits }: Result) =>
    state.expects === 'closed' || missing(hits, baseline.hits, engine, state).length === 0;
  let result = await again().catch(again);
  for (let runs = 1; result && !isWhole(result) && runs < MOST_RUNS; runs++) {
    const another: Result = (await again())!;
    result = { ...another, hits: { ...result.hits, ...another.hits } };
  }
  return result;
}
