import { Decisions } from './decisions';
import { Effects } from './effects';
import type { GuardedPage } from './guarded-page';

export { register } from './register';

/** What most pages do not need: it is loaded when there is something to do, so that the script of every page stays small. */
export function onDemand(page: GuardedPage): { decisions: Decisions; effects: Effects } {
  return { decisions: new Decisions(page), effects: new Effects(page) };
}
