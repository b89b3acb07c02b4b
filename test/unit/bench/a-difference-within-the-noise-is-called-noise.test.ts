import assert from 'node:assert/strict';
import { corpus, declaredHosts } from '../../bench/corpus';
import { readOptions } from '../../bench/options';
import { cellsOf, STATES, VISITS, WALLS } from '../../bench/parts/page-cells';
import { chartOf } from '../../bench/report/chart';
import { tableOf } from '../../bench/report/markdown';
import type { Table } from '../../bench/report/results';
import { inRounds } from '../../bench/rounds';
import { compare, summaryOf } from '../../bench/statistics';

const rounds = (count: number, value: (round: number) => number) => Array.from({ length: count }, (_, i) => value(i));

describe('A difference within the noise is called noise', () => {
  it('and one that every round shows is not, however much the rounds differ', () => {
    const busy = rounds(11, (round) => 100 + 50 * (round % 4));
    const slower = busy.map((value) => value + 3);
    assert.deepEqual(compare(slower, busy), { difference: 3, isNoise: false });
    const either = busy.map((value, round) => value + (round % 2 ? 3 : -3));
    assert.equal(compare(either, busy).isNoise, true);
  });

  it('as the sign test has it: of 11 rounds, one may be the other way, and not two', () => {
    const baseline = rounds(11, () => 10);
    const but = (others: number) => rounds(11, (round) => (round < others ? 9 : 11 + round / 100));
    assert.equal(compare(but(1), baseline).isNoise, false);
    assert.equal(compare(but(2), baseline).isNoise, true);
  });

  it('of few rounds, none is sure but one that is always the same, as of counts', () => {
    assert.equal(compare([12, 11, 13, 12.5, 14], [1, 1, 1, 1, 1]).isNoise, true);
    assert.equal(compare([5, 5, 5], [0, 0, 0]).isNoise, false);
    assert.equal(compare([5], [0]).isNoise, true);
    assert.equal(compare([0, 0, 0], [0, 0, 0]).isNoise, true);
  });

  it('and rounds that only one of the two has are left out', () => {
    assert.deepEqual(compare([3, 3, 3, 900], [1, 1, 1]), { difference: 2, isNoise: false });
  });

  it('beside the median and the quartiles', () => {
    assert.deepEqual(summaryOf([4, 1, 3, 2, 5]), { median: 3, lower: 2, upper: 4 });
    assert.deepEqual(summaryOf([1, 2]), { median: 1.5, lower: 1.25, upper: 1.75 });
    assert.deepEqual(summaryOf([7]), { median: 7, lower: 7, upper: 7 });
  });

  it('and where a rival is first, beyond the noise, the table says why', () => {
    const table: Table = {
      title: 'Peers',
      columns: ['script', 'heap', 'banner'].map((name) => ({ name, unit: 'ms' })),
      rows: [
        { name: 'ours', cells: [rounds(9, () => 20), rounds(9, () => 20), rounds(9, () => 20)] },
        {
          name: 'less',
          cells: [rounds(9, () => 10), rounds(9, () => 11), rounds(9, (round) => (round % 2 ? 19 : 21))],
        },
        { name: 'elsewhere', cells: [rounds(9, () => 1), rounds(9, () => 1), rounds(9, () => 1)] },
      ],
      baseline: 'ours',
      notFirst: { rivals: ['ours', 'less'], why: { script: 'it does more.' } },
    };
    const said = tableOf(table).split('\n').slice(8);
    assert.deepEqual(said, [
      'Where ours is not first:',
      '',
      '- *script*, less in less: it does more.',
      '- *heap*, less in less: not known.',
      '',
    ]);
    assert.doesNotMatch(tableOf({ ...table, notFirst: undefined }), /not first/);
  });

  it('in the table, where what was not measured is left open, and in the chart', () => {
    const table: Table = {
      title: 'Load <fast>',
      columns: [{ name: '20', unit: 'ms' }],
      rows: [
        { name: 'empty', cells: [rounds(9, (round) => 100 + round)] },
        { name: 'ours', cells: [rounds(9, (round) => 110.5 + round)] },
        { name: 'alike', cells: [rounds(9, (round) => 100 + round + (round % 2 ? 1 : -1))] },
        { name: 'never', cells: [null] },
      ],
      baseline: 'empty',
      chart: { file: 'load.svg' },
    };
    assert.deepEqual(tableOf(table).split('\n').slice(2, 8), [
      '|  | 20, ms |',
      '| --- | ---: |',
      '| empty (baseline) | 104 (102–106) |',
      '| ours | 115 (113–117), +10.5 |',
      '| alike | 104 (102–106), noise |',
      '| never | – |',
    ]);
    const chart = chartOf(table, 'ours');
    assert.match(chart, /<title>Load &#60;fast&#62;<\/title>/);
    assert.equal(chart.match(/<rect class="own"/g)?.length, 1);
    assert.equal(chart.match(/<rect class="bar"/g)?.length, 2);
  });

  it('so all are measured in turn, in an order that changes from round to round', async () => {
    const order: string[] = [];
    const contender = (name: string, rounds?: number) => ({
      name,
      rounds,
      measure: async () => {
        order.push(name);
        return { value: order.length };
      },
    });
    const rare = contender('rare', 1);
    const measured = await inRounds([contender('a'), contender('b'), rare], 3);
    assert.deepEqual(order, ['a', 'b', 'rare', 'a', 'b', 'a', 'b']);
    assert.deepEqual(measured.get(rare), { value: [3] });
  });

  it('and of the same things in every run', () => {
    const whole = { sizes: [0, 20], delays: [0], states: STATES, walls: WALLS, visits: VISITS };
    const names = cellsOf(whole).map((cell) => JSON.stringify(cell));
    assert.equal(new Set(names).size, names.length);
    assert.equal(cellsOf({ ...whole, sizes: [0], visits: ['warm'] }).length, 3 + STATES.length * WALLS.length);
    const hosts = declaredHosts(10_000);
    assert.equal(new Set(hosts).size, 10_000);
    assert.deepEqual(corpus(50, hosts), corpus(50, hosts));
    for (const url of corpus(500, hosts)) assert.match(new URL(url).hostname, /\.[a-z]+$/);
  });

  it('and what is asked for and not there is said', () => {
    assert.deepEqual(readOptions(['--only', 'page', '--sizes', '0,20'], ['page']).sizes, [0, 20]);
    assert.throws(() => readOptions(['--only', 'pages'], ['page', 'day']), /--only pages: write some of page, day/);
    assert.throws(() => readOptions(['--rounds', 'many'], []), /--rounds many: write whole numbers/);
  });
});
