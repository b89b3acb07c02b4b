import { Decisions } from './decisions';
import { Effects } from './effects';
import type { GuardedPage } from './guarded-page';

export { register } from './register';

/** What most pages do not need: it is loaded when there is something to do, so that the script of every page stays small. */
export function onDemand(page: GuardedPage): { decisions: Decisions; effects: Effects } {
  const effects = new Effects(page);
  // It may come when the page has waited in vain for it to close what had been open.
  void page.gatekeeper.ready.then(() => {
    if (page.wall.overtaken.size > 0 || [...page.wall.open].some((id) => !page.gatekeeper.allows(id))) effects.close();
  });
  return { decisions: new Decisions(page, effects), effects };
}
