import { ensureBrowsers } from './browsers';

/** Runs once before all tests, so that a missing browser is one clear error instead of many. */
export async function mochaGlobalSetup(): Promise<void> {
  await ensureBrowsers();
}
