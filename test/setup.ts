import { closeSharedBrowsers } from './browser/harness';
import { ensureBrowsers } from './browsers';

/** Runs once before all tests, so that a missing browser is one clear error instead of many. */
export async function mochaGlobalSetup(): Promise<void> {
  await ensureBrowsers();
}

/** Firefox outlives the process that started it, unless it is told to go. */
export const mochaGlobalTeardown = closeSharedBrowsers;
