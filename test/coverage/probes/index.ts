import type { FamilyProbe, Probe } from '../probe';
import { beacons } from './beacons';
import { documents } from './documents';
import { frames } from './frames';
import { links } from './links';
import { markup } from './markup';
import { media } from './media';
import { navigation } from './navigation';
import { redirects } from './redirects';
import { requests } from './requests';
import { styles } from './styles';
import { workers } from './workers';

const families: Record<string, Probe[]> = {
  Markup: markup,
  'Links and headers': links,
  Styles: styles,
  Media: media,
  Frames: frames,
  Documents: documents,
  Workers: workers,
  'Requests and connections': requests,
  'Beacons and leaving': beacons,
  Navigation: navigation,
  Redirects: redirects,
};

/** Every way out that we know of, by family. */
export const probes: FamilyProbe[] = Object.entries(families).flatMap(([family, members]) =>
  members.map((probe) => ({ ...probe, family })),
);
