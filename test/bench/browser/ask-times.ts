import type { Tab } from './tab';

/** How much slower than this machine's the visitor's processor is. */
export const CPU_SLOWDOWN = 4;
/** What a page still sends when it has asked, it sends within this time. */
const AFTERWARDS_MS = 400;

/** What a visitor's first visit to a page costs, which asks for consent. */
export interface AskTimes {
  /** Milliseconds until the banner could be seen. */
  banner: number;
  /** Milliseconds of script, on the main thread. */
  script: number;
  /** Milliseconds of tasks that took more than 50, and of that what was more than 50. */
  longTasks: number;
  blocking: number;
  /** Cumulative layout shift. */
  shift: number;
  /** Of JavaScript, in kB, with nothing left that could be collected. */
  heap: number;
}

/**
 * Goes to a page on a slow processor, and waits until the banner is there and nothing more is done.
 * @param banner CSS selector
 * @param asked called as soon as the banner is there
 */
export async function askTimes(tab: Tab, url: string, banner: string, asked: () => void): Promise<AskTimes> {
  const { session } = tab;
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Page.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `((__name) => (${watchPage})(${JSON.stringify(banner)}))((named) => named)`,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await tab.goto(url);
  const at = await tab.evaluate(() => window.watched.banner);
  asked();
  const { longTasks, blocking, shift } = await tab.evaluate(settle, AFTERWARDS_MS);
  const { script } = await tab.mainThread();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { banner: at, script, longTasks, blocking, shift, heap: usedSize / 1000 };
}

declare global {
  interface Window {
    watched: { banner: Promise<number>; longTasks: number; blocking: number; shift: number };
  }
}

/** Runs in the page, before any of its scripts. */
function watchPage(selector: string): void {
  if (window !== top) return;
  const watched = { banner: Promise.resolve(0), longTasks: 0, blocking: 0, shift: 0 };
  watched.banner = new Promise((resolve) => {
    const look = (now: number) => {
      const banner = document.querySelector(selector);
      const isSeen = banner?.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (isSeen && banner!.getClientRects().length > 0) resolve(now);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      watched.longTasks += duration;
      watched.blocking += duration - 50;
    }
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.shift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  window.watched = watched;
}

/** Runs in the page. */
async function settle(afterwards: number) {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
  await window.gatekeeper?.register().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, afterwards));
  await new Promise((resolve) => requestIdleCallback(resolve));
  const { longTasks, blocking, shift } = window.watched;
  return { longTasks, blocking, shift };
}
