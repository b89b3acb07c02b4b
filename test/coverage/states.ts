import { setTimeout as passing } from 'node:timers/promises';
import type { Engine } from '../browsers';
import type { Driver } from './driver';
import type { Party, PolicyName } from './world';

/** What an armed page starts by: being shown again, or another page calls it. */
type Start = 'shown' | 'called';

/** A way in which a visitor comes to a page, up to the page being told to run its probes. */
export interface State {
  name: string;
  /** Whether every way out must be closed, or a grant must let everything through. */
  expects: 'closed' | 'granted';
  /** Whom the page's probes reach for; the tracker, unless it is said. */
  party?: Party;
  /** The page is loaded first and its markup put in later, so headers of the page play no part. */
  armed?: true;
  needs?: 'hardReload' | 'stopWorker' | 'speculates';
  /** Set where the page reloads itself under the grant, after it was opened closed. */
  reloads?: true;
  /** Set where something is decided on a page that is closed by then: a worker alone closes none. */
  needsWall?: true;
  /** Set where it is about the header that the lock is sent in. */
  needsHeader?: true;
  /** Where the tests have it, which take the other engine for a state that is like it; `npm run leaks` has all in all. */
  testedIn?: Engine;
  /** Set where the probes have run before, under a grant: the packets of that time go on being sent again. */
  repeats?: true;
  /** Set where the page is not in the worker's hands: only the lock is there. */
  uncontrolled?: true;
  arrive(visitor: Visitor): Promise<void>;
}

/** What a visitor does; each step ends when its effect is there. */
export interface Visitor {
  driver: Driver;
  /** Opens a page of the site that is guarded but reaches for nobody. */
  openPlain(): Promise<void>;
  /**
   * Opens the page with the probes, and waits until they have ended.
   * @param reloads whether the page loads itself once more, where its lock has closed it
   */
  openProbes(reloads?: boolean): Promise<void>;
  /**
   * Opens the page with the probes, which wait to be started.
   * @param by what they start by; without it, they are told to
   */
  openArmed(by?: Start): Promise<void>;
  /** Opens a page without probes in another tab. What is decided there starts the armed page as soon as it is decided. */
  openElsewhere(): Promise<{ decideAndStart(call: string): Promise<void> }>;
  /** Starts the probes of an armed page, and waits until they have ended. */
  startProbes(duringProbes?: () => Promise<void>): Promise<void>;
  /** Opens the address of the probes while nothing is there yet, then reloads past the worker to get them. */
  hardReloadToProbes(reloads?: boolean): Promise<void>;
  /** Calls the page's API, e.g. `acceptAll()`. */
  decide(call: string): Promise<void>;
  /** Calls it on the page with the probes, and waits until they have ended again after the reload that follows. */
  decideAndReload(call: string): Promise<void>;
  /** Allows the tracker on this page, which is armed, and waits until it has been loaded again. */
  allowOnce(): Promise<void>;
  /** @throws (rejects) where the page is closed to the tracker: what it is to be closed to later says nothing then */
  assertOpen(): Promise<void>;
  /** The site goes over to another policy. */
  deploy(policy: PolicyName): void;
  /** From now on, the page with the probes is sent without its lock. */
  forgetLock(): void;
  /** Waits until nothing more comes of what was granted, and forgets what came. */
  countAfresh(): Promise<void>;
  /** Goes back to the page with the probes, which starts by itself, and waits until they have ended. */
  goBack(): Promise<void>;
  /** Has the browser prefetch or prerender the page with the probes, and waits until it is asked for. */
  lookAhead(by: 'prefetch' | 'prerender'): Promise<void>;
  /** Clicks on the link to that page, and waits until the probes have ended. */
  follow(): Promise<void>;
  /**
   * Leaves the page, and waits until nothing more comes of it.
   * @param left called when nothing more has come from the page, just before it is left
   */
  leave(left: () => void): Promise<void>;
}

/** Does something with the object store of the consent record, as `records`. */
const inStore = (change: string) => `
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open('cookie-gatekeeper');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const changing = opening.result.transaction('consent', 'readwrite');
      changing.oncomplete = () => { opening.result.close(); resolve(); };
      const records = changing.objectStore('consent');
      ${change}
    };
  });`;

/** From all that reaches the tracker. */
const WITHDRAW = `set({ tracker: false, 'quiet-tracker': false })`;

const changeRecord = (changes: string) =>
  inStore(`
  const reading = records.get('record');
  reading.onsuccess = () => records.put({ ...reading.result, ${changes} }, 'record');`);

const EXPIRE = changeRecord('decidedAt: 1, expiresAt: Date.now() - 1000');

/** Long enough for a page to be opened and left, also on a machine under load. */
const EXPIRES_IN_MS = 6000;

const UNREGISTER = `
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();`;

/** Deleting the database would wait for the worker to let go of it; emptied is as good as deleted. */
const EVICT = `${UNREGISTER} ${inStore('records.clear();')}`;

/** What nobody guards, as a page that is served whole and as one that puts in its markup later. */
export const baselines: Record<'whole' | 'armed', State> = {
  whole: { name: 'no protection', expects: 'granted', arrive: ({ openProbes }) => openProbes() },
  armed: {
    name: 'no protection, markup put in later',
    expects: 'granted',
    armed: true,
    async arrive({ openArmed, startProbes }) {
      await openArmed();
      await startProbes();
    },
  },
};

/** The states of a visit, and what each must do to the ways out. */
export const states: State[] = [
  {
    name: 'first visit',
    expects: 'closed',
    uncontrolled: true,
    arrive: ({ openProbes }) => openProbes(),
  },
  {
    name: 'refused',
    expects: 'closed',
    async arrive({ openPlain, decide, openProbes }) {
      await openPlain();
      await decide('refuseAll()');
      await openProbes();
    },
  },
  {
    name: 'other service granted',
    expects: 'closed',
    async arrive({ openPlain, decide, openProbes }) {
      await openPlain();
      await decide('set({ other: true })');
      await openProbes();
    },
  },
  {
    name: 'undeclared, with everything granted',
    expects: 'closed',
    party: 'undeclared',
    async arrive({ openPlain, decide, openProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await openProbes();
    },
  },
  {
    name: 'withdrawn on the open page',
    expects: 'closed',
    armed: true,
    async arrive({ openPlain, decide, openArmed, startProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await openArmed();
      await decide(WITHDRAW);
      await startProbes();
    },
  },
  {
    name: 'withdrawn, page opened again',
    expects: 'closed',
    testedIn: 'firefox',
    async arrive({ openPlain, decide, openProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await decide(WITHDRAW);
      await openProbes();
    },
  },
  {
    name: 'withdrawn while away, page from the back/forward cache',
    expects: 'closed',
    armed: true,
    async arrive({ openPlain, decide, openArmed, assertOpen, goBack }) {
      await openPlain();
      await decide('acceptAll()');
      await openArmed('shown');
      await assertOpen();
      await openPlain();
      await decide(WITHDRAW);
      await goBack();
    },
  },
  {
    name: 'withdrawn while away, page from the history',
    expects: 'closed',
    repeats: true,
    async arrive({ openPlain, decide, openProbes, countAfresh, goBack }) {
      await openPlain();
      await decide('acceptAll()');
      await openProbes();
      await openPlain();
      await decide(WITHDRAW);
      await countAfresh();
      await goBack();
    },
  },
  {
    name: 'withdrawn after the page was prefetched',
    expects: 'closed',
    needs: 'speculates',
    async arrive({ openPlain, decide, lookAhead, countAfresh, follow }) {
      await openPlain();
      await decide('acceptAll()');
      await lookAhead('prefetch');
      await decide(WITHDRAW);
      await countAfresh();
      await follow();
    },
  },
  {
    name: 'withdrawn after the page was prerendered',
    expects: 'closed',
    needs: 'speculates',
    async arrive({ openPlain, decide, lookAhead, countAfresh, follow }) {
      await openPlain();
      await decide('acceptAll()');
      await lookAhead('prerender');
      await decide(WITHDRAW);
      await countAfresh();
      await follow();
    },
  },
  {
    name: 'just withdrawn in another tab',
    expects: 'closed',
    armed: true,
    async arrive({ openPlain, decide, openElsewhere, openArmed, assertOpen }) {
      await openPlain();
      await decide('acceptAll()');
      const { decideAndStart } = await openElsewhere();
      await openArmed('called');
      await assertOpen();
      await decideAndStart(WITHDRAW);
    },
  },
  {
    name: 'allowed once, left, and back',
    expects: 'closed',
    needsWall: true,
    armed: true,
    async arrive({ openPlain, decide, openArmed, allowOnce, assertOpen, goBack }) {
      await openPlain();
      await decide('refuseAll()');
      await openArmed('shown');
      await allowOnce();
      await assertOpen();
      await openPlain();
      await goBack();
    },
  },
  {
    name: 'granted, then dropped by a new policy',
    expects: 'closed',
    testedIn: 'chromium',
    async arrive({ openPlain, decide, deploy, openProbes }) {
      await openPlain();
      // Alone: a page that is closed to what the new policy still has, and the visitor has granted, loads itself again.
      await decide(`set({ tracker: true, 'quiet-tracker': true })`);
      deploy('dropped');
      await openProbes();
    },
  },
  {
    name: 'necessary, then dropped by a new policy',
    expects: 'closed',
    testedIn: 'firefox',
    async arrive({ openPlain, deploy, openProbes }) {
      deploy('necessary');
      await openPlain();
      deploy('dropped');
      await openProbes();
    },
  },
  {
    name: 'necessary, then asked for by a new policy',
    expects: 'closed',
    async arrive({ openPlain, deploy, openProbes }) {
      deploy('necessary');
      await openPlain();
      deploy('asked');
      await openProbes();
    },
  },
  {
    name: 'expired while away, page from the back/forward cache',
    expects: 'closed',
    testedIn: 'firefox',
    armed: true,
    async arrive({ driver, openPlain, decide, openArmed, assertOpen, goBack }) {
      await openPlain();
      await decide('acceptAll()');
      const expiresAt = Date.now() + EXPIRES_IN_MS;
      await driver.run(changeRecord(`expiresAt: ${expiresAt}`));
      await openArmed('shown');
      await assertOpen();
      await openPlain();
      await passing(Math.max(0, expiresAt - Date.now()));
      await goBack();
    },
  },
  {
    name: 'expired',
    expects: 'closed',
    testedIn: 'chromium',
    async arrive({ driver, openPlain, decide, openProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await driver.run(EXPIRE);
      // A worker that remembers the record knows when it expires; one that starts again reads it.
      await driver.run(UNREGISTER);
      await openPlain();
      await openProbes();
    },
  },
  {
    name: 'hard reload',
    expects: 'closed',
    testedIn: 'firefox',
    uncontrolled: true,
    needs: 'hardReload',
    async arrive({ openPlain, decide, hardReloadToProbes }) {
      await openPlain();
      await decide('refuseAll()');
      await hardReloadToProbes();
    },
  },
  {
    name: 'worker removed',
    expects: 'closed',
    testedIn: 'chromium',
    uncontrolled: true,
    async arrive({ driver, openPlain, decide, openProbes }) {
      await openPlain();
      await decide('refuseAll()');
      await driver.run(UNREGISTER);
      await openProbes();
    },
  },
  {
    name: 'storage evicted after a grant',
    expects: 'closed',
    testedIn: 'firefox',
    uncontrolled: true,
    async arrive({ driver, openPlain, decide, openProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await driver.run(EVICT);
      await openProbes();
    },
  },
  {
    name: 'page sent without its lock, by mistake',
    expects: 'closed',
    needsHeader: true,
    async arrive({ openPlain, decide, forgetLock, openProbes }) {
      await openPlain();
      await decide('refuseAll()');
      forgetLock();
      await openProbes();
    },
  },
  {
    name: 'worker stopped between requests',
    expects: 'closed',
    armed: true,
    needs: 'stopWorker',
    async arrive({ driver, openPlain, decide, openArmed, startProbes }) {
      await openPlain();
      await decide('refuseAll()');
      await openArmed();
      await startProbes(() => driver.stopWorker!());
    },
  },
  {
    name: 'granted',
    expects: 'granted',
    async arrive({ openPlain, decide, openProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await openProbes();
    },
  },
  {
    name: 'granted on the open page',
    expects: 'granted',
    needsWall: true,
    reloads: true,
    async arrive({ openProbes, decideAndReload }) {
      await openProbes();
      await decideAndReload('acceptAll()');
    },
  },
  {
    name: 'granted, hard reload',
    expects: 'granted',
    reloads: true,
    needs: 'hardReload',
    async arrive({ openPlain, decide, hardReloadToProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await hardReloadToProbes(true);
    },
  },
  {
    name: 'granted, worker removed',
    expects: 'granted',
    reloads: true,
    async arrive({ driver, openPlain, decide, openProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await driver.run(UNREGISTER);
      await openProbes(true);
    },
  },
  {
    name: 'granted, worker stopped',
    expects: 'granted',
    testedIn: 'firefox',
    armed: true,
    needs: 'stopWorker',
    async arrive({ driver, openPlain, decide, openArmed, startProbes }) {
      await openPlain();
      await decide('acceptAll()');
      await openArmed();
      // Once only: what a worker is answering when its process ends is lost, with any worker.
      await driver.stopWorker!();
      await startProbes();
    },
  },
];
