import type { LoadBuilt } from '../page/files/load-built';
import { dsfrAskingTheme } from './dsfr/asking';
import { startBuilt } from './start-built';

export { build } from './start-built';
export const start = (loadBuilt: LoadBuilt): void => startBuilt(dsfrAskingTheme, loadBuilt);
