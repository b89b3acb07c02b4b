import type { Site } from '../site';
import { texts } from '../texts/texts';
import type { Visit } from '../visit';
import { document } from './document';
import { html, type Html } from './html';

export function notFoundPage(site: Site, visit: Visit): Html {
  const t = texts[visit.language];
  return document(site, visit, {
    title: t.notFound,
    main: html`<section class="box narrow">
      <h1>${t.notFound}</h1>
      <p>${t.notFoundText}</p>
      <p><a href="/">${t.backToCatalogue}</a></p>
    </section>`,
  });
}
