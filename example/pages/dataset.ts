import { countryName } from '../data/countries';
import type { DataRecord, Dataset, Field } from '../data/dataset';
import { datasets } from '../data/datasets';
import type { Site } from '../site';
import { inLanguage, type Language } from '../texts/language';
import { texts } from '../texts/texts';
import type { Visit } from '../visit';
import { document } from './document';
import { html, type Html } from './html';
import { moreVideos, video } from './videos';

const ROWS_SHOWN = 8;

/** A dataset: chart, map, records, videos, and what other parties add to such a page. */
export function datasetPage(site: Site, visit: Visit, dataset: Dataset): Html {
  const t = texts[visit.language];
  const { posthog, tiles, youtube, sharing } = site.thirdParties;
  const title = inLanguage(dataset.title, visit.language);
  return document(site, visit, {
    title,
    head: html`<link rel="stylesheet" href="/vendor/leaflet.css" />
      <link rel="stylesheet" href="${youtube.origin}/lite-yt-embed.css" />
      <script defer src="/vendor/chart.js"></script>
      <script defer src="/vendor/leaflet.js"></script>
      <script type="module" src="/public/dataset.js"></script>
      <script type="module" src="${youtube.origin}/lite-yt-embed.js"></script>
      <script
        type="text/plain"
        data-category="statistics"
        data-service="posthog"
        src="${posthog.origin}/static/web-vitals.js"
      ></script>
      <script
        type="text/plain"
        data-category="statistics"
        data-service="posthog"
        data-src="${posthog.origin}/static/dead-clicks-autocapture.js"
      ></script>`,
    main: html`<p class="crumbs"><a href="/">${t.catalogue}</a> › ${inLanguage(dataset.theme, visit.language)}</p>
      <h1>${title}</h1>
      <p class="lead">${inLanguage(dataset.description, visit.language)}</p>
      ${facts(dataset, visit.language)}
      <div class="views">
        <section class="box">
          <h2>${t.chart}</h2>
          <div class="drawing">
            <canvas
              data-chart="${JSON.stringify(drawing(dataset, visit.language))}"
              role="img"
              aria-label="${title}"
            ></canvas>
          </div>
        </section>
        <section class="box">
          <h2>${t.map}</h2>
          <div class="drawing" data-map="${tiles.origin}/{z}/{x}/{y}.svg" role="region" aria-label="${t.map}"></div>
          <p class="note">${t.mapNote}</p>
        </section>
      </div>
      ${table(dataset, visit.language)} ${video(dataset, youtube.origin, visit.language)}
      ${moreVideos(datasets.filter((other) => other !== dataset).slice(0, 3), youtube.origin, visit.language)}
      ${problemForm(dataset, visit.language)}
      <p class="share" data-share="${t.share}"><img src="${sharing.origin}/pixel.svg" alt="" width="1" height="1" /></p>
      <script src="${sharing.origin}/button.js"></script>`,
  });
}

/** What the page's script needs to draw the chart and the map. */
function drawing({ id, chart, fields }: Dataset, language: Language) {
  const measured = fields.find(({ name }) => name === chart.measure)!;
  return { dataset: id, ...chart, unit: inLanguage(measured.unit ?? measured.label, language) };
}

function facts({ modified, producer, records }: Dataset, language: Language): Html {
  const t = texts[language];
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(modified));
  return html`<dl class="facts">
    <div>
      <dt>${t.producer}</dt>
      <dd>${producer}</dd>
    </div>
    <div>
      <dt>${t.updated}</dt>
      <dd>${date}</dd>
    </div>
    <div>
      <dt>${t.licence}</dt>
      <dd>${t.licenceName}</dd>
    </div>
    <div>
      <dt>${t.table}</dt>
      <dd>${records.length}</dd>
    </div>
  </dl>`;
}

function table({ id, fields, records }: Dataset, language: Language): Html {
  const t = texts[language];
  const shown = records.slice(0, ROWS_SHOWN);
  return html`<section class="box">
    <h2>${t.table}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="${t.table}">
      <table>
        <thead>
          <tr>
            ${fields.map((field) => html`<th scope="col" class="${field.type}">${heading(field, language)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            (record) =>
              html`<tr>
                ${fields.map((field) => html`<td class="${field.type}">${cell(record, field, language)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="note">
      ${t.tableNote(shown.length, records.length)} <a href="/api/records?dataset=${id}">${t.viaApi}</a>.
    </p>
  </section>`;
}

function heading({ label, unit }: Field, language: Language): string {
  return inLanguage(label, language) + (unit ? ` (${inLanguage(unit, language)})` : '');
}

function cell(record: DataRecord, { name, type }: Field, language: Language): string {
  const value = record[name]!;
  if (type === 'country') return countryName(record.country, language);
  if (type === 'number') return new Intl.NumberFormat(language).format(Number(value));
  return typeof value === 'number' ? String(value) : inLanguage(value, language);
}

function problemForm({ id }: Dataset, language: Language): Html {
  const t = texts[language];
  return html`<section class="box">
    <h2>${t.problem}</h2>
    <form action="/api/problems" class="stack" data-problem>
      <input type="hidden" name="dataset" value="${id}" />
      <label for="message">${t.problemMessage}</label>
      <textarea id="message" name="message" rows="3" required></textarea>
      <button class="button">${t.problemSend}</button>
      <output data-thanks="${t.problemThanks}" data-failed="${t.problemFailed}"></output>
    </form>
  </section>`;
}
