import { Chromium } from '../browser/chromium';
import type { Profile } from '../browser/profile';
import type { PageSiteOptions } from '../site/page-site';
import { startPageSite } from '../site/page-site';
import { startThirdParties, type ThirdParties } from '../site/third-parties';
import type { State } from './page-cells';
import { settledProfile } from './settled-profile';

/** A site, and a visitor who has been there before. */
export interface Variant extends Omit<PageSiteOptions, 'thirdParties'> {
  name: string;
  state?: State;
}

export interface SettledVariant {
  name: string;
  /** The site's origin. */
  site: string;
  profile: Profile;
}

export interface Settled {
  variants: SettledVariant[];
  thirdParties: ThirdParties;
  chromium: Chromium;
}

const THIRD_PARTIES = 5;

/** Starts everything that some variants need, has it measured, and stops it. */
export async function withVariants<T>(asked: Variant[], measure: (settled: Settled) => Promise<T>): Promise<T> {
  const thirdParties = await startThirdParties(THIRD_PARTIES);
  const sites = await Promise.all(
    asked.map((variant, i) => startPageSite({ ...variant, host: `site-${i}.example`, thirdParties })),
  );
  const chromium = await Chromium.start(sites.map(({ origin }) => origin));
  try {
    const variants: SettledVariant[] = [];
    for (const [i, { name, guard, state }] of asked.entries()) {
      const site = sites[i]!.origin;
      variants.push({ name, site, profile: await settledProfile(chromium, site, { guard, state }) });
    }
    return await measure({ variants, thirdParties, chromium });
  } finally {
    await chromium.close();
    await Promise.all([...sites, thirdParties].map((server) => server.close()));
  }
}
