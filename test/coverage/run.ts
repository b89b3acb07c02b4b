import type { Engine } from '../browsers';
import type { Driver } from './driver';
import { puppeteerDriver } from './puppeteer-driver';
import type { State } from './states';
import type { Hits } from './third-party';
import { visitor } from './visitor';
import { webKitDriver } from './webkit-driver';
import type { World } from './world';

export type AnyEngine = Engine | 'webkit';

/** What one state of a visit let through in one engine. */
export interface Result {
  hits: Hits;
  version: string;
}

/**
 * Comes to the site in a fresh browser as the state says, runs all probes, and counts at the third party.
 * @returns undefined where the engine cannot be brought into this state
 */
export async function run(engine: AnyEngine, state: State, world: World): Promise<Result | undefined> {
  const driver = await driverOf(engine, state);
  try {
    if (state.needs && !driver[state.needs]) return undefined;
    const party = state.party ?? 'tracker';
    const probing = world.add(party, ({ headers }) => !(state.armed && headers));
    const arriving = visitor(driver, world, probing);
    await state.arrive(arriving);
    await arriving.leave();
    return {
      hits: world.parties[party].hits(probing.id),
      version: driver.version,
    };
  } finally {
    await driver.close();
  }
}

function driverOf(engine: AnyEngine, state: State): Promise<Driver> {
  return engine === 'webkit' ? webKitDriver() : puppeteerDriver(engine, state.needs === 'stopWorker');
}
