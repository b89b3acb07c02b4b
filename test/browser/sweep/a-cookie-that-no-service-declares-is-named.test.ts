import assert from 'node:assert/strict';
import { onTheSweptSite } from '../swept-site';

const MATOMO = { id: 'matomo', cookies: [{ name: '_pk_*' }] };

describe('A cookie that no service declares is named', () => {
  onTheSweptSite((visit, engine) => {
    it('and neither what is declared, nor what scripts cannot see, nor the mirror', async () => {
      const { openWith, mirror } = await visit();
      const page = await openWith(
        [
          '_pk_id.1=1; Path=/',
          'sessionid=1; Path=/; HttpOnly',
          `${mirror}=1; Path=/`,
          'surprise=a=b; Path=/',
          'nameless',
        ],
        '/',
      );
      const undeclared = await page.evaluate(
        (services, mirror) => window.sweeper.undeclaredCookies(services, mirror),
        [MATOMO],
        mirror,
      );
      // Firefox takes a cookie without a name for one without a value.
      assert.deepEqual(undeclared.sort(), engine === 'firefox' ? ['nameless', 'surprise'] : ['surprise']);
    });
  });
});
