/** How the pages are visited: before any choice, after refusing, after accepting. */
export const PASSES = ['untouched', 'refused', 'accepted'] as const;
export type Pass = (typeof PASSES)[number];

/** One address of somebody else that a page has asked for, or has told the browser to connect to. */
export interface Contact {
  pass: Pass;
  /** Address of the page. */
  page: string;
  url: string;
  /** What asked: `script`, `image`, `frame`, `socket`, `worker`, `preconnect` … */
  kind: string;
  /** The addresses that led there, from the page to what asked. */
  chain: string[];
  /** It was not let out: by a Content-Security-Policy, or by a worker of the site. */
  held: boolean;
}

/** What set a cookie, or an entry of storage: the address of a response or of a script, as far as it was seen. */
export interface Writer {
  name: string;
  by: string;
  /** Days that a cookie was to be kept, as far as that was said. */
  days?: number;
}

export interface StoredCookie {
  name: string;
  domain: string;
  path: string;
  httpOnly: boolean;
  /** Days that it is kept, or was to be kept where the browser has shortened it; undefined for the session. */
  days?: number;
  passes: Pass[];
  setBy?: string;
}

export interface StoredEntry {
  area: 'localStorage' | 'sessionStorage' | 'indexedDB' | 'caches';
  name: string;
  passes: Pass[];
  setBy?: string;
}

/** What a banner of the site shows, and how much each of its two answers stands out. */
export interface BannerLook {
  accept?: ButtonLook;
  refuse?: ButtonLook;
  /** Words by which visitors can come back to their choice. */
  wayBack: boolean;
  /** The page claims an authority's blessing. */
  certified: boolean;
}

/** Answers that a page offers in one place: a banner, or buttons that are there for as long as the page is. */
export interface Choice {
  /** The elements around it, by which it is known again. */
  place: string;
  /** In cookie-gatekeeper's own banner, over the page as banners and dialogs are, or in it. */
  kind: 'own' | 'over' | 'page';
  accept?: ButtonLook;
  refuse?: ButtonLook;
}

/** What a page shows of what the law asks. */
export interface PageLook extends Pick<BannerLook, 'wayBack' | 'certified'> {
  /** The most like a banner first. */
  choices: Choice[];
  /** What the button said that was pressed. */
  pressed?: string;
}

export interface ButtonLook {
  text: string;
  /** Width times height, in CSS pixels. */
  area: number;
  fontSize: number;
}

export interface VisitedPage {
  url: string;
  pass: Pass;
  title: string;
  status?: number;
  /** Why it could not be looked at whole. */
  problem?: string;
  /** A JPEG, as base64. */
  picture?: string;
}

/** All that was seen on a site. */
export interface Observation {
  /** The origins of the site itself. */
  origins: string[];
  /** When it was looked at. */
  time: string;
  engine: string;
  pages: VisitedPage[];
  contacts: Contact[];
  cookies: StoredCookie[];
  storage: StoredEntry[];
  /** By what the site was told, in each pass; undefined where nothing was found to tell it by. */
  answeredBy: Partial<Record<Pass, string>>;
  banner?: BannerLook;
  /** A banner that had gone with the answer was there again on the next page. */
  asksAgain: boolean;
  /** It was stopped before all pages were visited. */
  stopped: boolean;
}
