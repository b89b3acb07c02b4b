import type { ThirdParty } from './third-party';

/** On one machine, what is on its way arrives within a few milliseconds; this is for machines under load. */
const QUIET_MS = 600;
/** Probes are seen for the first time only once each, so this is never reached; it keeps a mistake from hanging. */
const LIMIT_MS = 4000;
/** How long to wait for what is expected and has not been seen. */
const EXPECTED_LIMIT_MS = 15_000;
const STEP_MS = 50;

/**
 * Resolves when no third party has seen anything new for a while: what the page had to send has been sent.
 * @param arrived whether all that is expected has been seen; waited for longer, and in vain where it never comes
 */
export async function settle(parties: ThirdParty[], arrived: () => boolean): Promise<void> {
  const started = Date.now();
  const latest = () => Math.max(started, ...parties.map(({ latestNews }) => latestNews));
  const isQuiet = () => Date.now() >= Math.min(started + LIMIT_MS, latest() + QUIET_MS);
  while (!isQuiet() || (!arrived() && Date.now() < started + EXPECTED_LIMIT_MS)) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
