import type { GuardFailure } from '../page/worker/guard-error';

/** What is wrong: the code for programs, and for people what to do. */
export type Explanation = [code: GuardFailure, message: string];

export { sayMissingLock } from './missing-lock';
export { noSuchChoice, sayNobodyHas } from './nobody-has';
export { sayWhatIsAmiss } from './what-is-amiss';
export { whyNotRegistered } from './why-not-registered';
