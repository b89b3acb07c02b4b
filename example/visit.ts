import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { randomBytes } from 'node:crypto';
import { isLanguage, type Language } from './texts/language';

/** What the portal knows about the request that it answers. */
export interface Visit {
  path: string;
  /** Path and query: where to come back to. */
  here: string;
  language: Language;
  /** The visitor's CSRF token, as their cookie has it. */
  csrfToken: string;
  /** The name of the user who is logged in. */
  user?: string;
}

export type PortalEnv = { Variables: { visit: Visit } };

const DAY_SECONDS = 24 * 3600;
export const SESSION_SECONDS = 14 * DAY_SECONDS;
export const LANGUAGE_SECONDS = 365 * DAY_SECONDS;
/** Django's default for `csrftoken`: 52 weeks. */
const CSRF_SECONDS = 364 * DAY_SECONDS;

/** Reads the portal's own cookies, and sets `csrftoken` for a visitor who has none. */
export function recogniseVisit(sessions: Map<string, string>): MiddlewareHandler<PortalEnv> {
  return async (c, next) => {
    let csrfToken = getCookie(c, 'csrftoken');
    if (!csrfToken) {
      csrfToken = randomBytes(16).toString('hex');
      setCookie(c, 'csrftoken', csrfToken, { path: '/', maxAge: CSRF_SECONDS, sameSite: 'Lax' });
    }
    c.set('visit', {
      path: c.req.path,
      here: c.req.path + new URL(c.req.url).search,
      language: languageOf(c),
      csrfToken,
      user: sessions.get(getCookie(c, 'sessionid') ?? ''),
    });
    await next();
  };
}

function languageOf(c: Context): Language {
  const chosen = getCookie(c, 'django_language');
  if (isLanguage(chosen)) return chosen;
  const accepted = (c.req.header('accept-language') ?? '')
    .split(',')
    .map((range) => range.trim().slice(0, 2).toLowerCase());
  return accepted.find(isLanguage) ?? 'fr';
}
