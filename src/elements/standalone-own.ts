import { ownTheme } from './own/theme';
import { startBuilt } from './start-built';

export { build } from './start-built';
export const start = (): void => startBuilt(ownTheme);
