import { listLetThrough } from './content/list-let-through';
import { sendReports } from './content/send-reports';
import { earlierViolations } from './document/earlier-violations';
import { Decisions } from './decisions/decisions';
import { Effects } from './decisions/effects';
import { giveInputBack } from './decisions/keep-input';
import type { LoadDiagnosis } from './worker/explained';
import type { PageContext } from './page-context';
import { register, type Registration } from './worker/register';
import { Reopening } from './decisions/reopening';

/** What most pages do not need: it is loaded when there is something to do, so that the script of every page stays small. */
export type OnDemand = ReturnType<typeof onDemandWith>;

/** @param loadDiagnosis loads what, in turn, no page of a site that works needs */
export function onDemandWith(loadDiagnosis: LoadDiagnosis) {
  let loaded: ReturnType<LoadDiagnosis> | undefined;
  const diagnosis = () => (loaded ??= loadDiagnosis());
  return {
    register: (asked: Registration) => register(asked, diagnosis),

    onDemand(page: PageContext): { decisions: Decisions; effects: Effects; reopening: Reopening } {
      const reopening: Reopening = new Reopening(page, () => effects.holdPlaces());
      const effects = new Effects(page, diagnosis, reopening);
      noteEarlierViolations(page);
      void giveInputBack(page.touched);
      if (page.policy.undeclared === 'report') listLetThrough(page).catch(console.warn);
      if (page.policy.reports) sendReports(page);
      // It may come when the page has waited in vain for it to close what had been open.
      void page.gatekeeper.ready.then(() => {
        if (page.csp.overtaken.size > 0 || [...page.csp.open].some((id) => !page.gatekeeper.allows(id)))
          effects.close();
      });
      return { decisions: new Decisions(page, effects, reopening), effects, reopening };
    },
  };
}

/** Where something of the page was there before our script, its policies may have refused something by then. */
function noteEarlierViolations({ log }: PageContext): void {
  const listed = new Set(log.refusals.map(({ url }) => url));
  for (const violation of earlierViolations())
    if (!listed.has(violation.blockedURL ?? '')) log.noteViolation(violation);
}
