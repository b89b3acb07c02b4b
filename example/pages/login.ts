import type { Site } from '../site';
import { texts } from '../texts/texts';
import type { Visit } from '../visit';
import { csrfField, document } from './document';
import { html, type Html } from './html';

/** The log-in form, with a message when the last attempt was refused. */
export function loginPage(site: Site, visit: Visit, last?: 'refused'): Html {
  const t = texts[visit.language];
  return document(site, visit, {
    title: t.logIn,
    main: html`<section class="box narrow">
      <h1>${t.logIn}</h1>
      <p>${t.loginHint}</p>
      ${last === 'refused' && html`<p class="error" role="alert">${t.loginRefused}</p>`}
      <form method="post" action="/login" class="stack">
        ${csrfField(visit)}
        <label for="username">${t.username}</label>
        <input id="username" name="username" autocomplete="username" required />
        <label for="password">${t.password}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button class="button">${t.logIn}</button>
      </form>
      <p class="note">${t.loginNote}</p>
    </section>`,
  });
}
