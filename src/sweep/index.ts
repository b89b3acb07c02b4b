export type { SweepReport, Trace } from './report';
export { sweep } from './sweep';
export type { Kind, Sweepable, Sweeping } from './sweeping';
export { undeclaredCookies } from './undeclared-cookies';
export { watchCookies } from './watch-cookies';
