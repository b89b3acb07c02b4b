import type { Site } from '../site';
import { cookiesPolicy, PLATFORM } from '../texts/cookies-policy';
import { inLanguage } from '../texts/language';
import type { Visit } from '../visit';
import { document } from './document';
import { html, type Html } from './html';

/** The cookies policy, with the necessary services' cookies as policy.json declares them. */
export function cookiesPolicyPage(site: Site, visit: Visit): Html {
  const t = cookiesPolicy[visit.language];
  const [before, after] = t.platformTitle;
  const text = (value?: string | Record<string, string>) => value && inLanguage(value, visit.language);
  const necessary = (site.policy.services ?? []).filter(({ purpose }) => purpose === 'necessary');
  // With the interface, the table of all services comes in its place.
  const necessaryTable = html`<h3>${t.necessaryTitle}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label="${t.necessaryTitle}">
      <table>
        <thead>
          <tr>
            ${t.columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${necessary.flatMap(({ provider, cookies = [] }) =>
            cookies.map(
              ({ name, location, purpose }) =>
                html`<tr>
                  <td>${text(provider)}</td>
                  <td>${text(location)}</td>
                  <td><code>${name}</code></td>
                  <td>${text(purpose)}</td>
                </tr>`,
            ),
          )}
        </tbody>
      </table>
    </div>`;
  return document(site, visit, {
    title: t.title,
    main: html`<article class="box prose">
      <h1>${t.title}</h1>
      <p>${t.intro}</p>
      <h2>${t.whatTitle}</h2>
      <p>${t.what}</p>
      <p>${t.typesIntro}</p>
      <ul>
        ${t.types.map((type) => html`<li>${type}</li>`)}
      </ul>
      <h2>${before} <a href="${PLATFORM}">${new URL(PLATFORM).host}</a> ${after}</h2>
      ${site.interface ? html`<cookie-policy>${necessaryTable}</cookie-policy>` : necessaryTable}
    </article>`,
  });
}
