import assert from 'node:assert/strict';
import { checkLaw } from '../../src/cli/audit/check-law';
import { findProblems } from '../../src/cli/audit/find-problems';
import type { Observation } from '../../src/cli/audit/observation';
import type { ServiceUse } from '../../src/cli/audit/service-use';

const USE = {
  description: { id: 'tracker', provider: 'Tracker' },
  contacts: [{ url: 'https://tracker.example/a', pass: 'refused' }],
  cookies: [],
  entries: [],
} as unknown as ServiceUse;

function observed(answeredBy: Observation['answeredBy'], problem?: string): Observation {
  const pages = [{ url: 'https://site.example/', pass: 'refused', problem }];
  return { origins: ['https://site.example'], answeredBy, pages } as unknown as Observation;
}

function withdrawalIn(observation: Observation) {
  const problems = findProblems([USE], observation, () => true);
  const checks = checkLaw({ observation, problems } as unknown as Parameters<typeof checkLaw>[0]);
  return { problems: problems.length, ...checks.find(({ what }) => what.startsWith('After a withdrawal'))! };
}

describe('What was not refused is no leak after a refusal', () => {
  it('where no banner was found to refuse: a person has to look', () => {
    const { problems, verdict } = withdrawalIn(observed({}));
    assert.deepEqual([problems, verdict], [0, 'to be judged by a person']);
  });

  it('nor is a refusal heeded, where no page was seen after it', () => {
    assert.equal(
      withdrawalIn(observed({ refused: 'a button' }, 'ERR_CONNECTION_REFUSED')).verdict,
      'to be judged by a person',
    );
  });

  it('and what goes on after one is', () => {
    const { problems, verdict } = withdrawalIn(observed({ refused: 'a button' }));
    assert.deepEqual([problems, verdict], [1, 'failed']);
  });
});
