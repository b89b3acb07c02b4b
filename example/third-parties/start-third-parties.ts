import { plausible } from './plausible';
import { posthog } from './posthog';
import { sharing } from './sharing';
import { startThirdParty, type Routes, type ThirdParty } from './third-party';
import { tiles } from './tiles';
import { youtube } from './youtube';

interface StandIn {
  /** The port that policy.json knows it under. */
  port: number;
  cookie: string;
  routes: Routes;
}

export const standIns = {
  posthog: { port: 8081, cookie: 'phg_uid', routes: posthog },
  plausible: { port: 8082, cookie: 'plausible_uid', routes: plausible },
  tiles: { port: 8083, cookie: 'jawg_uid', routes: tiles },
  youtube: { port: 8084, cookie: 'VISITOR_INFO1_LIVE', routes: youtube },
  sharing: { port: 8085, cookie: 'share_uid', routes: sharing },
} satisfies Record<string, StandIn>;

export type StandInId = keyof typeof standIns;
export const standInIds = Object.keys(standIns) as StandInId[];

/**
 * Starts the stand-ins for the portal's third parties.
 *
 * @param ports TCP ports by stand-in; any free one for those left out
 */
export async function startThirdParties(
  ports: Partial<Record<StandInId, number>>,
): Promise<Record<StandInId, ThirdParty>> {
  const started: Partial<Record<StandInId, ThirdParty>> = {};
  try {
    for (const id of standInIds) {
      const { cookie, routes } = standIns[id];
      started[id] = await startThirdParty(cookie, ports[id] ?? 0, routes);
    }
    return started as Record<StandInId, ThirdParty>;
  } catch (error) {
    await Promise.all(Object.values(started).map((thirdParty) => thirdParty.close()));
    throw error;
  }
}
