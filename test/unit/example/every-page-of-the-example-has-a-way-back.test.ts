import assert from 'node:assert/strict';
import { startExample } from '../../../example/portal';

const PAGES = ['/', '/cookies', '/videos', '/login', '/dataset/aide-publique-au-developpement', '/no/such/page'];

describe('Every page of the example has a way back to the preferences, and out of them', () => {
  for (const theme of ['own', 'dsfr'] as const) {
    it(`in its footer, in the theme ${theme}`, async () => {
      const example = await startExample({ interface: theme });
      try {
        for (const path of PAGES) {
          const page = await (await fetch(example.origin + path)).text();
          const footer = /<footer[\s\S]*<\/footer>/.exec(page)?.[0] ?? '';
          assert.match(footer, /<button [^>]*data-cookie-preferences>/, path);
          assert.match(footer, /<button [^>]*data-cookie-preferences="withdraw">/, path);
        }
      } finally {
        await example.close();
      }
    });
  }
});
