import type { Session } from './dev-tools';
import type { Tab } from './tab';

/** A heap of JavaScript, in kB, with nothing left that could be collected. */
export async function heapOf(session: Session): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1000;
}

/** Attaches to the worker of a tab's profile. It is not stopped then when it has nothing to do. */
export async function attachToWorker({ profile }: Tab): Promise<Session> {
  const { session, devTools } = profile.chromium;
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'service_worker' }] });
  const worker = targetInfos.find(
    ({ browserContextId }) => profile.id === undefined || browserContextId === profile.id,
  );
  if (!worker) throw new Error('The site has no running worker.');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: worker.targetId, flatten: true });
  return devTools.session(sessionId);
}
