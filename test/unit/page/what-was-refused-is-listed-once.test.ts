import assert from 'node:assert/strict';
import type { Refusal } from '../../../src/messages/messages';
import { RefusalLog } from '../../../src/page/content/refusal-log';

const LATEST = 500;

describe('What was refused is listed once', () => {
  let noted: string[];
  let log: RefusalLog;

  beforeEach(() => {
    noted = [];
    log = new RefusalLog({
      servicesOf: async () => [],
      noted: ({ request }) => noted.push(request.url),
    });
  });

  function refuse(id: string, url: string, time: number, destination = 'image'): void {
    const request: Refusal = { id, url, destination, time, reason: 'undecided', layer: 'gate' };
    log.note({ type: 'refusal', request });
  }

  it('with how often, and when last', () => {
    refuse('a', 'https://t.example/1', 1);
    refuse('b', 'https://t.example/1', 2);
    refuse('c', 'https://t.example/1', 2);
    refuse('d', 'https://t.example/1', 2, 'script');
    assert.deepEqual(
      log.refusals.map(({ destination, time, count }) => [destination, time, count]),
      [
        ['image', 2, 3],
        ['script', 2, 1],
      ],
    );
    assert.equal(noted.length, 4, 'a page is told each time');
  });

  it('also where the worker tells of it again', () => {
    refuse('a', 'https://t.example/1', 1);
    refuse('b', 'https://t.example/1', 2);
    for (const [id, time] of [
      ['a', 1],
      ['b', 2],
    ] as const)
      refuse(id, 'https://t.example/1', time);
    assert.equal(log.refusals[0]!.count, 2);
    assert.equal(noted.length, 2);
  });

  it('and no more of it than a page can bear', () => {
    for (let i = 0; i < LATEST + 100; i++) refuse(`${i}`, `https://t.example/${i}`, i);
    assert.equal(log.refusals.length, LATEST);
    assert.equal(log.refusals.at(-1)!.url, `https://t.example/${LATEST + 99}`);
  });
});
