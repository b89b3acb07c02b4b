import { startBuilt } from './start-built';

startBuilt();
