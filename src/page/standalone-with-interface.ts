import { startWithInterface } from './start-with-interface';

startWithInterface();
