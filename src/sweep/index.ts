export type { SweepReport, Trace } from './report';
export { sweep } from './sweep';
export type { Kind, Sweepable, SweepScope as Sweeping } from './sweep-scope';
export { undeclaredCookies } from './undeclared-cookies';
export { watchCookies } from './watch-cookies';
