/** What was asked for, in the words of a Content-Security-Policy where that has one: `connect` for fetches, beacons and sockets. */
export const KINDS = [
  'script',
  'style',
  'image',
  'font',
  'media',
  'frame',
  'object',
  'connect',
  'worker',
  'other',
] as const;

export type Kind = (typeof KINDS)[number];

/** A request that was refused on a page, or would have been. Nothing of it says who was there. */
export interface ReportedRequest {
  /** Whom it would have reached: `https://www.youtube.com`, without path and query. */
  origin: string;
  kind: Kind;
  /** The path of the page, without query and fragment; a long one is cut off. */
  page: string;
}

/** What a page tells the site's server, each request once. */
export interface Report {
  requests: ReportedRequest[];
}

/** A report is a sample: of what a page tells, and of the characters of its path. */
export const MOST_REQUESTS = 50;
export const LONGEST_PAGE = 200;
