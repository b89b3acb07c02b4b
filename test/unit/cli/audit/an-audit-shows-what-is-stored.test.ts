import assert from 'node:assert/strict';
import { auditSite } from '../../../../src/cli/audit/audit-site';
import { auditReport } from '../../../../src/cli/audit/report';
import { auditTable } from '../../../../src/cli/audit/table';
import type { Observation } from '../../../../src/cli/audit/observation';
import { observed, SITE } from './observed-site';

const FOUND: Observation = {
  ...observed(['https://eu.i.posthog.com/array.js']),
  storage: [
    { area: 'localStorage', name: 'basket', passes: ['untouched', 'accepted'], setBy: `${SITE}/app.js?v=1` },
    { area: 'indexedDB', name: 'drafts<1>', passes: ['accepted'] },
    {
      area: 'sessionStorage',
      name: 'ph_phc_abc_window_id',
      passes: ['accepted'],
      setBy: 'https://eu.i.posthog.com/array.js',
    },
    { area: 'sessionStorage', name: 'cookie-gatekeeper:state', passes: ['accepted'], setBy: `${SITE}/gatekeeper.js` },
  ],
};

describe('An audit shows what is stored', () => {
  it('in the report: what set it, and in which visit', async () => {
    const report = auditReport(await auditSite(FOUND));
    const rows = report.slice(report.indexOf('<h2>Storage</h2>')).match(/<tr><td>.*<\/tr>/g)!;
    const cells = rows.map((row) => row.replace(/<\/td>/g, '|').replace(/<[^>]+>/g, ''));
    assert.ok(
      cells.includes(
        `basket|data.example.fr|localStorage|${SITE}/app.js?…|before any choice, to be accepted, where no banner was found|`,
      ),
      cells.join('\n'),
    );
    assert.ok(cells.some((row) => row.startsWith('drafts&#60;1&#62;|data.example.fr|IndexedDB||')));
    assert.ok(cells.some((row) => /^ph_phc_abc_window_id\|PostHog\|sessionStorage.*array\.js/.test(row)));
  });

  it('and that nothing was', async () => {
    assert.match(auditReport(await auditSite(observed([]))), /<h2>Storage<\/h2>\n<p>Nothing was found\.<\/p>/);
  });

  it('cookie-gatekeeper’s own at the service that has its cookie', async () => {
    const portal = { id: 'portal', provider: 'Us', purpose: 'necessary', cookies: [{ name: 'cookies_preferences' }] };
    const storage = FOUND.storage.slice(-1);
    const earlier = { policy: { revision: '1', services: [portal] }, file: 'policy.json' };
    const { uses } = await auditSite({ ...observed([]), storage }, earlier);
    assert.deepEqual(
      uses.map(({ description, entries }) => [description.id, entries.length]),
      [['portal', 1]],
    );
  });

  it('in the table, by name', async () => {
    const table = auditTable(await auditSite(FOUND));
    assert.match(table, /^data\.example\.fr +necessary +stored +- +stored +basket, drafts<1>/m);
    assert.match(table, /^PostHog .*ph_phc_abc_window_id$/m);
  });

  it('and in the policy, the site’s own too, to be reviewed, without cookie-gatekeeper’s', async () => {
    const { policy } = await auditSite(FOUND);
    const [site, posthog] = policy.services;
    assert.deepEqual(site!.storage, ['basket', 'drafts<1>']);
    assert.match(site!.review!, /See that the site needs what it stores under basket, drafts<1>\./);
    assert.deepEqual(posthog!.storage, ['ph_phc_*']);
  });
});
