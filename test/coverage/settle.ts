import type { ThirdParty } from './third-party';

/** On one machine, what is on its way arrives within a few milliseconds; this is for machines under load. */
const QUIET_MS = 600;
/** Probes are seen for the first time only once each, so this is never reached; it keeps a mistake from hanging. */
const LIMIT_MS = 4000;
const STEP_MS = 50;

/** Resolves when no third party has seen anything new for a while: what the page had to send has been sent. */
export async function settle(parties: ThirdParty[]): Promise<void> {
  const started = Date.now();
  const latest = () => Math.max(started, ...parties.map(({ latestNews }) => latestNews));
  while (Date.now() < started + LIMIT_MS && Date.now() < latest() + QUIET_MS) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
