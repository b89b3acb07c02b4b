import type { ThemeName } from '../src/cli/build';
import type { StandInId } from './third-parties/start-third-parties';
import type { ReceivedRequest } from './third-parties/received-request';

/** The parts of a policy that the portal shows. A test may serve a policy that lacks any of them. */
interface ShownPolicy {
  services?: ShownService[];
}

export interface ShownService {
  id: string;
  provider: ShownText;
  name?: ShownText;
  purpose: string;
  anonymised?: boolean;
  origins?: string[];
  cookies?: { name: string; location?: ShownText; purpose?: ShownText; lifetime?: ShownText }[];
}

type ShownText = string | Record<string, string>;

/** Whose requests are counted: the stand-ins, and the tracker that hides on the portal's own host. */
type CountedId = StandInId | 'eulerian';

/** One running portal, as its pages and routes see it. */
export interface Site {
  policy: ShownPolicy;
  thirdParties: Record<CountedId, { origin: string; requests: ReceivedRequest[] }>;
  /** Theme of the interface that asks the visitor, if there is one. */
  interface?: ThemeName;
  /** Whether it has the gatekeeper's tag. */
  guarded: boolean;
  /** The lock, where it is written into the documents. */
  metaLock?: string;
}
