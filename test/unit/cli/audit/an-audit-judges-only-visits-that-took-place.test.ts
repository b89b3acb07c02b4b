import assert from 'node:assert/strict';
import { auditSite, type Audit } from '../../../../src/cli/audit/audit-site';
import { missedVisits } from '../../../../src/cli/audit/missed-visits';
import { PASSES, type Observation, type Pass } from '../../../../src/cli/audit/observation';
import { auditReport } from '../../../../src/cli/audit/report';
import { auditTable } from '../../../../src/cli/audit/table';
import { observed, SITE, visited } from './observed-site';

const BEFORE = /^Before a choice/;
const AFTER = /^After a withdrawal/;
const PIXELS = /^Pixels/;
const GONE = { problem: `net::ERR_CONNECTION_REFUSED at ${SITE}/`, status: undefined };

/** A tracker is asked in the passes that are named. */
function tracked(...passes: Pass[]): Observation {
  const [contact] = observed(['https://www.google-analytics.com/g/collect']).contacts;
  return {
    ...observed([]),
    pages: PASSES.map((pass) => visited(pass)),
    contacts: passes.map((pass) => ({ ...contact!, pass })),
    answeredBy: { refused: 'cookie-gatekeeper', accepted: 'cookie-gatekeeper' },
  };
}

function check({ checks }: Audit, which: RegExp): string {
  const { verdict, why } = checks.find(({ what }) => which.test(what))!;
  return `${verdict}: ${why}`;
}

describe('An audit judges only visits that took place', () => {
  it('all of them, where each was', async () => {
    const found = await auditSite(tracked('untouched', 'refused'));
    assert.deepEqual(missedVisits(found.observation), []);
    assert.deepEqual(
      found.problems.map(({ text }) => /(before|after) .*/.exec(text)![0]),
      ['before any choice', 'after everything was refused'],
    );
    assert.match(check(found, AFTER), /^failed: /);
    assert.match(
      check(await auditSite(tracked('accepted')), AFTER),
      /^to be judged by a person: .*No consent was withdrawn/,
    );
  });

  it('and says nothing of a refusal where no banner was found to refuse', async () => {
    const found = await auditSite({ ...tracked('untouched', 'refused'), answeredBy: {} });
    assert.deepEqual(
      found.problems.map(({ text }) => /(before|after) .*/.exec(text)![0]),
      ['before any choice'],
    );
    assert.match(check(found, AFTER), /^to be judged by a person: No banner was found to refuse/);
    assert.match(check(found, BEFORE), /^failed: /);
    assert.doesNotMatch(auditReport(found), /After everything was refused/);
    const quiet = await auditSite({ ...tracked('accepted'), answeredBy: {} });
    assert.match(check(quiet, BEFORE), /^passed: /);
    assert.match(check(quiet, PIXELS), /^to be judged by a person: No banner was found to refuse/);
  });

  it('and names the pages that could not be opened', async () => {
    const pages = [visited('untouched'), visited('refused', GONE), visited('accepted', GONE)];
    const found = await auditSite({ ...tracked(), pages });
    const said = `not visited: ${SITE}/ (refused): net::ERR_CONNECTION_REFUSED`;
    assert.equal(missedVisits(found.observation)[0], said);
    assert.ok(auditTable(found).split('\n').includes(said), auditTable(found));
    assert.ok(auditReport(found).includes(said));
    assert.match(check(found, AFTER), /^to be judged by a person: 1 of 1 page could not be opened/);
    assert.match(check(found, BEFORE), /^passed: /);
    const before = { ...tracked(), pages: [visited('untouched'), visited('untouched', GONE), ...tracked().pages] };
    assert.match(check(await auditSite(before), BEFORE), /^to be judged by a person: 1 of 3 pages could not be opened/);
  });

  it('and calls what was seen on the others a failure all the same', async () => {
    const pages = [...tracked().pages, visited('refused', GONE)];
    assert.match(check(await auditSite({ ...tracked('refused'), pages }), AFTER), /^failed: /);
  });

  it('and takes a link to a file that is downloaded for no page', () => {
    const file = visited('untouched', { problem: `net::ERR_ABORTED at ${SITE}/exports/csv` });
    assert.deepEqual(missedVisits({ ...tracked(), pages: [...tracked().pages, file] }), []);
  });

  it('and says which visits Ctrl-C has cut off', async () => {
    const cut = async (pages: Observation['pages'], answeredBy: Observation['answeredBy']) =>
      auditSite({ ...tracked(), pages, answeredBy, stopped: true });
    const early = await cut([visited('untouched')], {});
    for (const which of [BEFORE, AFTER, PIXELS])
      assert.match(check(early, which), /^to be judged by a person: The audit was stopped before/);
    assert.deepEqual(missedVisits(early.observation), [
      'not visited: the audit was stopped; untouched, refused and accepted are not whole',
    ]);
    const late = await cut([visited('untouched'), visited('refused')], { refused: 'cookie-gatekeeper' });
    assert.match(check(late, AFTER), /^to be judged by a person: Nothing was seen after a refusal/);
    assert.deepEqual(missedVisits(late.observation), ['not visited: the audit was stopped; accepted is not whole']);
  });
});
