import { dsfrTheme } from './dsfr/theme';
import { startBuilt } from './start-built';

export { build } from './start-built';
export const start = (): void => startBuilt(dsfrTheme);
