import type { Site } from '../site';
import { languages, type Language } from '../texts/language';
import { texts } from '../texts/texts';
import type { Visit } from '../visit';
import { html, type Html } from './html';
import { panel } from './panel';

interface Content {
  title: string;
  /** Tags for the end of `<head>`. */
  head?: Html;
  main: Html;
}

/** A page of the portal: its head with the gatekeeper and the statistics, its header, footer and panel. */
export function document(site: Site, visit: Visit, { title, head, main }: Content): Html {
  const t = texts[visit.language];
  const { posthog, plausible } = site.thirdParties;
  return html`<!doctype html>
    <html lang="${visit.language}" ${site.interface === 'dsfr' && html`data-fr-theme="light"`}>
      <head>
        ${site.metaLock && html`<meta http-equiv="Content-Security-Policy" content="${site.metaLock}" />`}
        <meta charset="utf-8" />
        ${site.guarded && html`<script src="/gatekeeper.js"></script>`}
        <title>${title} – ${t.portal}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/public/logo.svg" />
        ${site.interface === 'dsfr' && html`<link rel="stylesheet" href="/dsfr/dsfr.min.css" />`}
        <link rel="stylesheet" href="/public/portal.css" />
        <script src="/public/statistics.js" data-posthog="${posthog.origin}"></script>
        <script async src="${posthog.origin}/static/array.js"></script>
        <script type="module" src="${plausible.origin}/js/script.js"></script>
        <script type="text/plain" data-service="eulerian" data-src="/ea/ea.js"></script>
        <script type="module" src="/public/panel.js"></script>
        ${head}
      </head>
      <body>
        <a class="skip" href="#content">${t.skip}</a>
        <div class="portal">
          ${header(visit)}
          <main id="content" tabindex="-1">${main}</main>
          <footer class="footer">
            <p>${t.invented}</p>
            <p><a href="/cookies">${t.cookies}</a></p>
            ${site.interface && cookieControls(visit.language)}
          </footer>
        </div>
        ${panel(site, visit.language)}
      </body>
    </html>`;
}

/** Always in reach: the preferences, and taking everything back in one action. */
function cookieControls(language: Language): Html {
  const t = texts[language];
  return html`<p>
    <button type="button" class="button quiet" data-cookie-preferences>${t.cookiePreferences}</button>
    <button type="button" class="button quiet" data-cookie-preferences="withdraw">${t.cookieWithdraw}</button>
  </p>`;
}

function header(visit: Visit): Html {
  const t = texts[visit.language];
  const link = (path: string, text: string) =>
    html`<a href="${path}" ${visit.path === path && html`aria-current="page"`}>${text}</a>`;
  return html`<header class="header">
    <a class="brand" href="/"><img src="/public/logo.svg" alt="" width="36" height="36" /> ${t.portal}</a>
    <nav aria-label="${t.navigation}">${link('/', t.catalogue)} ${link('/cookies', t.cookies)}</nav>
    <div class="tools">
      <form method="post" action="/language" class="languages" aria-label="${t.language}">
        ${csrfField(visit)}
        <input type="hidden" name="next" value="${visit.here}" />
        ${languages.map((language) => languageButton(language, visit))}
      </form>
      ${
        visit.user
          ? html`<form method="post" action="/logout" class="account">
              ${csrfField(visit)}
              <span><span class="unseen">${t.loggedInAs}</span> <b data-user>${visit.user}</b></span>
              <button class="button quiet">${t.logOut}</button>
            </form>`
          : html`<a class="button quiet" href="/login">${t.logIn}</a>`
      }
    </div>
  </header>`;
}

function languageButton(language: Language, visit: Visit): Html {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language);
  const current = language === visit.language && html`aria-current="true"`;
  return html`<button name="language" value="${language}" lang="${language}" aria-label="${name}" ${current}>
    ${language.toUpperCase()}
  </button>`;
}

/** The field that Django's forms carry against cross-site request forgery. */
export function csrfField({ csrfToken }: Visit): Html {
  return html`<input type="hidden" name="csrfmiddlewaretoken" value="${csrfToken}" />`;
}
