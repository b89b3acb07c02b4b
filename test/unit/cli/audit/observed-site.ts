import type { Observation, Pass, StoredCookie, VisitedPage } from '../../../../src/cli/audit/observation';

export const SITE = 'https://data.example.fr';

/** What an audit has observed of a site before any choice: what its page has asked for, and what was stored. */
export function observed(urls: string[], cookies: Partial<StoredCookie>[] = []): Observation {
  const contacts = urls.map((url) => ({
    pass: 'untouched' as const,
    page: `${SITE}/`,
    url,
    kind: 'script',
    chain: [],
    held: false,
  }));
  const stored = cookies.map((cookie) => ({
    name: '',
    domain: 'data.example.fr',
    path: '/',
    httpOnly: false,
    passes: ['untouched' as const],
    ...cookie,
  }));
  return {
    origins: [SITE],
    time: '',
    engine: '',
    pages: [],
    contacts,
    cookies: stored,
    storage: [],
    answeredBy: {},
    asksAgain: false,
    stopped: false,
  };
}

/** The same page, looked at in a pass. */
export function visited(pass: Pass, page: Partial<VisitedPage> = {}): VisitedPage {
  return { url: `${SITE}/`, pass, title: '', status: 200, ...page };
}
