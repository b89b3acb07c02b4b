import assert from 'node:assert/strict';
import { auditSite } from '../../../../src/cli/audit/audit-site';
import { auditTable } from '../../../../src/cli/audit/table';
import { observed } from './observed-site';

describe('An audit shows what is new', () => {
  const found = observed(['https://www.google-analytics.com/g/collect']);
  const changes = (table: string) => table.split('\n').filter((line) => /^(new|gone): /.test(line));

  it('to a policy that has nothing yet', async () => {
    const policy = { revision: '1', services: [] };
    const table = auditTable(await auditSite(found, { policy, file: 'policy.json' }));
    assert.deepEqual(changes(table), ['new: ga']);
  });

  it('and not where there was no policy to compare with', async () => {
    assert.deepEqual(changes(auditTable(await auditSite(found))), []);
  });
});
