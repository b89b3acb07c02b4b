import type { LoadBuilt } from '../page/files/load-built';
import { ownAskingTheme } from './own/asking';
import { startBuilt } from './start-built';

export { build } from './start-built';
export const start = (loadBuilt: LoadBuilt): void => startBuilt(ownAskingTheme, loadBuilt);
