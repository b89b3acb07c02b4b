import { ownTheme } from './own/theme';
import { startBuilt } from './start-built';

startBuilt(ownTheme);
