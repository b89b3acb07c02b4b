import type { Kind } from './sweep-scope';

/** Something that a service left in the browser. */
interface Trace {
  /** Id of the service. */
  service: string;
  kind: Kind;
  name: string;
}

export interface SweepReport {
  deleted: Trace[];
  /** What may still be there, and why, in words for the site's owner. `name` is the pattern where the browser lets nobody look. */
  remaining: (Trace & { why: string })[];
}
