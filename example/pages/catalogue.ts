import type { Dataset } from '../data/dataset';
import { searchDatasets } from '../data/datasets';
import type { Site } from '../site';
import { inLanguage, type Language } from '../texts/language';
import { texts } from '../texts/texts';
import type { Visit } from '../visit';
import { document } from './document';
import { html, type Html } from './html';

/** The portal's first page: the search box and a card for every dataset found. */
export function cataloguePage(site: Site, visit: Visit, words: string): Html {
  const t = texts[visit.language];
  const found = searchDatasets(words);
  return document(site, visit, {
    title: t.catalogue,
    head: html`<script type="module" src="/public/catalogue.js"></script>`,
    main: html`<section class="hero">
        <h1>${t.portal}</h1>
        <p>${t.tagline}</p>
        <form role="search" action="/" class="search">
          <label class="unseen" for="words">${t.search}</label>
          <input type="search" id="words" name="q" value="${words}" placeholder="${t.searchHint}" />
          <button class="button">${t.searchButton}</button>
        </form>
      </section>
      <nav class="recent" data-recently-viewed aria-label="${t.recentlyViewed}" hidden>
        <b>${t.recentlyViewed}</b>
        <ul></ul>
      </nav>
      <h2 role="status">${t.datasets(found.length)}</h2>
      ${
        found.length > 0
          ? html`<ul class="cards">
              ${found.map((dataset) => card(dataset, visit.language))}
            </ul>`
          : html`<p>${t.nothingFound}</p>`
      }`,
  });
}

function card({ id, sign, theme, title, description, records, modified, producer }: Dataset, language: Language): Html {
  const t = texts[language];
  return html`<li class="card">
    <p class="theme"><span class="sign" aria-hidden="true">${sign}</span> ${inLanguage(theme, language)}</p>
    <h3><a href="/dataset/${id}" data-dataset="${id}">${inLanguage(title, language)}</a></h3>
    <p>${inLanguage(description, language)}</p>
    <p class="facts">
      ${producer} · ${t.records(records.length)} · <time datetime="${modified}">${shortDate(modified, language)}</time>
    </p>
  </li>`;
}

function shortDate(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
}
