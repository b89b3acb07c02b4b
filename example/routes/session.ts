import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { randomBytes } from 'node:crypto';
import { loginPage } from '../pages/login';
import { sameToken } from '../same-token';
import type { Site } from '../site';
import { isLanguage } from '../texts/language';
import { LANGUAGE_SECONDS, SESSION_SECONDS, type PortalEnv } from '../visit';

/** The one account of the demonstration: its name is its password. */
const DEMO = 'demo';

/** Logging in and out, and the language: the forms that set the portal's own cookies. */
export function session(site: Site, sessions: Map<string, string>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>();

  app.on('POST', ['/login', '/logout', '/language'], async (c, next) => {
    const form = await c.req.parseBody();
    if (!sameToken(textOf(form.csrfmiddlewaretoken), c.var.visit.csrfToken))
      return c.text('CSRF verification failed.', 403);
    await next();
  });

  app.get('/login', (c) => c.html(loginPage(site, c.var.visit)));

  app.post('/login', async (c) => {
    const { username, password } = await c.req.parseBody();
    if (username !== DEMO || password !== DEMO) return c.html(loginPage(site, c.var.visit, 'refused'), 401);
    const id = randomBytes(16).toString('hex');
    sessions.set(id, DEMO);
    setCookie(c, 'sessionid', id, { path: '/', maxAge: SESSION_SECONDS, httpOnly: true, sameSite: 'Lax' });
    return c.redirect('/', 303);
  });

  app.post('/logout', (c) => {
    sessions.delete(getCookie(c, 'sessionid') ?? '');
    deleteCookie(c, 'sessionid', { path: '/' });
    return c.redirect('/', 303);
  });

  app.post('/language', async (c) => {
    const { language, next } = await c.req.parseBody();
    if (!isLanguage(language)) return c.text('No such language.', 400);
    setCookie(c, 'django_language', language, { path: '/', maxAge: LANGUAGE_SECONDS, sameSite: 'Lax' });
    return c.redirect(onThisSite(textOf(next) || '/', c.req.url), 303);
  });

  return app;
}

/** A form's `next` may not send the visitor to another site. */
function onThisSite(next: string, here: string): string {
  const home = new URL('/', here);
  const url = URL.canParse(next, here) ? new URL(next, here) : home;
  return url.origin === home.origin ? url.href : home.href;
}

/** A form's field; empty where it is missing, or a file. */
function textOf(field: unknown): string {
  return typeof field === 'string' ? field : '';
}
