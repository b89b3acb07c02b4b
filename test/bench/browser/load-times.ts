import type { Tab } from './tab';

/** When a page had got so far, in milliseconds since the visitor went there. */
export interface LoadTimes {
  firstByte: number;
  firstPaint: number;
  load: number;
  /** Milliseconds that its main thread has worked, until it had nothing more to do. */
  mainThread: number;
}

/**
 * Goes to a page and waits until it is loaded, painted, guarded if it ever is, and idle.
 * @throws (rejects) where a worker was to control it and none does
 */
export async function loadTimes(tab: Tab, url: string, isControlled: boolean): Promise<LoadTimes> {
  // The time that the thread has worked, without what the machine's other processes did meanwhile.
  await tab.session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await tab.goto(url);
  const { controlled, ...times } = await tab.evaluate(timesOfPage);
  if (isControlled && !controlled) throw new Error(`${url} is not controlled by the worker.`);
  const { tasks } = await tab.mainThread();
  return { ...times, mainThread: tasks };
}

/** Runs in the page. */
async function timesOfPage() {
  const paint = 'first-paint';
  const painted = new Promise<number>((resolve) => {
    new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName(paint);
      if (entry) resolve(entry.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
  const controlled = !!navigator.serviceWorker.controller;
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
  const firstPaint = await painted;
  // A page that nobody guards says why, and that is not what is measured here.
  await window.gatekeeper?.register().catch(() => {});
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return { firstByte: navigation!.responseStart, firstPaint, load: navigation!.loadEventEnd, controlled };
}
