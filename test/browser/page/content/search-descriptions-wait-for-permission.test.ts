import assert from 'node:assert/strict';
import { forEachEngine } from '../../harness';
import { until } from '../../third-party-hits';

const TYPE = 'application/opensearchdescription+xml';
const HELD = 'text/plain';
const link = (href: string) => `<link rel="search" type="${TYPE}" title="search" href="${href}">`;

// Chromium asks for none in the profiles of these tests: what leaves is counted in the coverage suite.
describe('Search descriptions wait for permission', () => {
  forEachEngine(({ start }) => {
    it('at other origins, also where a script puts them in; the site’s own do not', async () => {
      const { example, tab } = await start();
      const { partner } = example.thirdParties;
      const added = `<script>addEventListener('DOMContentLoaded', () => document.head.insertAdjacentHTML('afterbegin', '${link(`${partner.origin}/added.xml`)}'))</script>`;
      const late = `<script>addEventListener('load', () => document.head.insertAdjacentHTML('beforeend', '${link(`${partner.origin}/late.xml`)}'))</script>`;
      const snapshot = link(`${partner.origin}/snapshot.xml`).replace('<link', '<link data-released');
      const undeclared = link('https://elsewhere.example/search.xml');
      const named = link(`${partner.origin}/named.xml`).replace('<link', '<link data-service="partner"');
      example.page('/', {
        head: link(`${partner.origin}/search.xml`) + named + link('/own.xml') + undeclared + snapshot + added + late,
      });
      const types = () => tab.page.$$eval('link[rel=search]', (links) => links.map(({ type }) => type));

      for (const visit of ['first', 'second']) {
        await tab.visit('/');
        assert.deepEqual(await types(), [HELD, HELD, HELD, TYPE, HELD, HELD, HELD], visit);
      }
      await tab.reloadedBy(() => tab.set({ partner: true }));
      await until(
        async () => (await types()).join() === [TYPE, TYPE, TYPE, TYPE, HELD, TYPE, TYPE].join(),
        'the descriptions were given back',
      );
    });
  });
});
