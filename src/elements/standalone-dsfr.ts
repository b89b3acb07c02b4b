import { dsfrTheme } from './dsfr/theme';
import { startBuilt } from './start-built';

startBuilt(dsfrTheme);
