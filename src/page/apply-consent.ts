import { closedCsp } from '../csp/document-csp';
import type { Choices } from '../consent/record';
import type { Effects } from './decisions/effects';
import * as pendingSweep from './decisions/pending-sweep';
import { forgetReload } from './decisions/reload-memory';
import { haveLeftCookies } from './decisions/visible-traces';
import { isLetIn } from './document/is-let-in';
import { navigationTiming } from './document/navigation-timing';
import type { ConsentView } from './gatekeeper-events';
import type { PageConsent } from './page-consent';
import { withTimeout } from './with-timeout';
import { serviceWorkers } from './worker/service-workers';
import { whenIdle, whenShownOrIdle } from './when-idle';

/** A page is closed by itself at once; what is inside it waits no longer for the file that closes that. */
const CLOSE_LIMIT_MS = 1000;

/** The consent as the page was told of it, and as it is now. */
export interface ConsentTransition {
  was: ConsentView;
  is: ConsentView;
  /** Nothing was known before. */
  isFirst: boolean;
  /** Whether the page may be loaded again. */
  mayReload: boolean;
}

/** Does to the page what a change of the consent does, or that there is none. */
export async function applyConsent(page: PageConsent, transition: ConsentTransition): Promise<void> {
  const { was, is, isFirst, mayReload } = transition;
  const isNews = summaryOf(is) !== summaryOf(was);
  const hasChanged = isNews && !isFirst;
  if (hasChanged) {
    page.csp.once = []; // Any decision ends it.
    // One for all pages that hear of a decision: each would sweep again for what the next one owes.
    pendingSweep.owe(is.record?.id === was.record?.id ? undefined : `${is.record?.decidedAt}`);
  }
  // It may have been withdrawn since the worker opened the document, too.
  if (hasChanged || page.csp.overtaken.size > 0 || [...page.csp.open].some((id) => !page.allows(id)))
    await close(page, was.choices);
  void applyWhatCanWait(page, mayReload, hasChanged);
  if (isNews) page.emit('consentchange', is);
}

/** What closes nothing: where nobody sees the page, it leaves that to the one that the visitor has decided in. */
async function applyWhatCanWait(page: PageConsent, mayReload: boolean, hasChanged: boolean): Promise<void> {
  if (!mayReload) await whenShownOrIdle();
  sendReceipts(page);
  if (!(await letIn(page, mayReload))) await sweepWhatIsOwed(page, hasChanged);
}

/**
 * Closes the page to what is refused now; to everything, where what knows better cannot be loaded.
 * @param before what was permitted
 */
async function close(page: PageConsent, before: Choices): Promise<void> {
  try {
    (await withTimeout(CLOSE_LIMIT_MS, page.onDemand(), 'gatekeeper-on-demand.js was not loaded')).effects.close(
      before,
    );
  } catch (error) {
    console.warn('cookie-gatekeeper closes the page to everything:', error);
    if (!page.policy.reportOnly) page.csp.add(closedCsp(page.policy, origin));
  }
}

/**
 * Lets in what is permitted now: loads the document again, through the worker, where it is closed to
 * something that the visitor has granted, or has lost its workers, and otherwise releases what was refused in place.
 * @returns whether the document is loaded again
 */
export async function letIn(page: PageConsent, mayReload = true): Promise<boolean> {
  const { choices = {} } = page.known.record ?? {};
  const { services } = page.policy;
  const mayBeClosed = services.some(({ id }) => choices[id] && page.allows(id) && !page.csp.isOpenToFramesOf(id));
  const mayHelp = mayReload && (mayBeClosed || page.csp.hasEndedWorkers);
  if (mayHelp && (await withEffects(page, (effects) => effects.reopen()))) return true;
  // Only the worker's answer tells of all that was refused before. Without one, the server may have opened the document.
  if (!mayBeClosed && (page.guard.isGuarding || !serviceWorkers())) void beginWhereVisitorWas(page);
  takeEffect(page);
  return false;
}

/** The document is open to all that was decided. If it was loaded again for that, the visitor goes on where they were. */
async function beginWhereVisitorWas(page: PageConsent): Promise<void> {
  // Reading what is stored takes time before the page is painted.
  if (navigationTiming()?.type !== 'reload') await whenIdle();
  if (forgetReload()) await withEffects(page, (effects) => effects.giveFocusBack());
}

/**
 * Sweeps what is still to be swept.
 * @param isNews whether this page has just made the debt: what was owed before waits for the page to be there
 */
async function sweepWhatIsOwed(page: PageConsent, isNews: boolean): Promise<void> {
  if (!isNews) await whenIdle();
  if (page.known.isRestored && pendingSweep.get() !== null)
    void withEffects(page, (effects) => effects.sweeps.sweepSeen());
}

/** Releases, holds places, sweeps and mirrors where there is something to: most pages have nothing. */
export function takeEffect(page: PageConsent, holdsSearch = false): void {
  const isRefused = page.log.refusals.some(
    (refusal) =>
      isLetIn(refusal, (id) => page.allows(id)) ||
      (refusal.layer === 'wall' && /^(frame|object)/.test(refusal.destination)) ||
      // What is undeclared is news to the site's owner.
      (page.policy.reports && !refusal.service),
  );
  if (holdsSearch || isRefused || page.waiting.isLate || page.waiting.hasInert())
    void afterAsking(page, (effects) => effects.show());
  // Not before the consent is known: what was permitted must not be deleted.
  if (!page.known.isRestored) return;
  if (page.known.isMissingInMirror) void withEffects(page, (effects) => effects.mirror.writeAgain());
  if (haveLeftCookies(page.policy.services.filter(({ id }) => !page.allows(id))))
    void afterAsking(page, (effects) => effects.sweeps.sweepSeen());
}

/** Acts once the visitor has been asked: nobody waits for it, and the banner would wait for the file that acts. */
export async function afterAsking(page: PageConsent, act: (effects: Effects) => unknown): Promise<void> {
  await Promise.resolve(); // A script that asks says so at its end.
  await page.guard.asked;
  await withEffects(page, act);
}

/** With every page, and every decision, until the server has taken them. */
export function sendReceipts(page: PageConsent): void {
  if (page.known.record?.unsent?.length) void withEffects(page, (effects) => effects.sendReceipts());
}

/** @returns undefined where that failed, or what acts could not be loaded */
export async function withEffects<T>(page: PageConsent, act: (effects: Effects) => T): Promise<Awaited<T> | undefined> {
  try {
    return await act((await page.onDemand()).effects);
  } catch (error) {
    console.warn('cookie-gatekeeper could not apply the consent:', error);
    return undefined;
  }
}

/** What of the consent is news when it is different. */
function summaryOf({ state, choices, record }: ConsentView): string {
  return JSON.stringify([state, choices, record?.id]);
}
