import type { Engine } from '../browsers';
import type { Driver } from './driver';
import { puppeteerDriver } from './puppeteer-driver';
import { webKitDriver } from './webkit-driver';

export type AnyEngine = Engine | 'webkit';

/**
 * Starts an engine with a fresh profile.
 * @param names `host:port` by names that it is to find there, where the engine can be told to
 * @param restless whether its worker must be stoppable, where the engine can be told to
 */
export function drive(engine: AnyEngine, { restless = false, names = {} } = {}): Promise<Driver> {
  return engine === 'webkit' ? webKitDriver() : puppeteerDriver(engine, restless, names);
}
