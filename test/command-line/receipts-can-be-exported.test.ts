import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { createStorage, prefixStorage } from 'unstorage';
import type { Receipt } from '../../src/consent/receipt';
import { exportReceipts, receiptFolder, type ExportOptions, type ReceiptStorage } from '../../src/server/index';
import { csvLine } from '../../src/server/csv-line';
import { commandLine, MAIN } from './command-line';
import { DECIDED, receiptOf } from '../unit/server/sample-receipt';
import { SAMPLE } from '../unit/sample-policy';

const DAY = 24 * 60 * 60 * 1000;

async function storageOf(receipts: Receipt[], storage: ReceiptStorage = createStorage()): Promise<ReceiptStorage> {
  for (const receipt of receipts) await storage.setItem(`${receipt.id}.json`, JSON.stringify(receipt));
  return storage;
}

async function textOf(storage: ReceiptStorage, options: ExportOptions): Promise<string> {
  let text = '';
  for await (const part of exportReceipts(storage, options)) text += part;
  return text;
}

/** CSV as RFC 4180 says, by somebody else than who wrote it. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let rest = text;
  let line: string[] = [];
  while (rest) {
    const [whole, quoted, plain, end] =
      /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? assert.fail(`not CSV: ${rest.slice(0, 80)}`);
    line.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === '\r\n') {
      lines.push(line);
      line = [];
    }
    rest = rest.slice(whole.length);
  }
  return lines;
}

/** Reads cells as a spreadsheet that separates them so, once with quotes at the start of a cell honoured and once without. */
function assertNoFormula(text: string, separator: string): void {
  for (const cells of [readCells(text, separator), text.split(new RegExp(`[\\r\\n${separator}]`))]) {
    for (const cell of cells)
      assert.doesNotMatch(cell, /^[\s"\u200b]*[=+\-@＝﹣]/, JSON.stringify({ separator, cell }));
  }
}

/** All cells, row after row: a quote opens only at the start of a cell, and what follows the closing one is the cell's still. */
function readCells(text: string, separator: string): string[] {
  const cells: string[] = [];
  const reading = new RegExp(`(?:"((?:[^"]|"")*)(?:"|$))?([^${separator}\\r\\n]*)(?:[${separator}\\r\\n]|$)`, 'gy');
  for (const [, quoted = '', rest] of text.matchAll(reading)) cells.push(quoted.replaceAll('""', '"') + rest!);
  return cells;
}

describe('Receipts can be exported', () => {
  it('as CSV, one column for each service, ordered by time', async () => {
    const [second, first, third] = [
      receiptOf({ time: DECIDED + 1, choices: { matomo: true } }),
      receiptOf({ choices: { youtube: false, audience: true }, language: undefined, text: undefined }),
      receiptOf({ time: DECIDED + DAY, choices: {}, action: 'withdraw' }),
    ];
    assert.equal(
      await textOf(await storageOf([second, first, third]), { format: 'csv' }),
      [
        'id,time,action,revision,language,text,choices.audience,choices.matomo,choices.youtube',
        `${first.id},2026-11-23T12:00:00.000Z,choose,2026-11-23,,,true,,false`,
        `${second.id},2026-11-23T12:00:00.001Z,choose,2026-11-23,fr,3,,true,`,
        `${third.id},2026-11-24T12:00:00.000Z,withdraw,2026-11-23,fr,3,,,`,
        '',
      ].join('\r\n'),
    );
  });

  it('as JSON lines, as they were sent', async () => {
    const receipts = [receiptOf({ text: 'é\u2028"' }), receiptOf({ time: DECIDED + 1, language: undefined })];
    const lines = (await textOf(await storageOf(receipts.toReversed()), { format: 'jsonl' })).split('\n');
    assert.equal(lines.pop(), '');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      receipts.map((receipt) => JSON.parse(JSON.stringify(receipt)) as unknown),
    );
  });

  it('of some days, the first and last included', async () => {
    const receipts = [-1, 0, 1, 2, 3].map((n) => receiptOf({ time: DECIDED + n }));
    const text = await textOf(await storageOf(receipts), { format: 'jsonl', from: DECIDED, to: DECIDED + 2 });
    assert.deepEqual(
      text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Receipt).time - DECIDED),
      [0, 1, 2],
    );
  });

  it('when there are none', async () => {
    assert.equal(await textOf(createStorage(), { format: 'csv' }), 'id,time,action,revision,language,text\r\n');
    assert.equal(await textOf(createStorage(), { format: 'jsonl' }), '');
    assert.equal(await textOf(receiptFolder('/nowhere/at/all'), { format: 'jsonl' }), '');
  });

  it('from a part of a storage that is shared, and from nothing else in it', async () => {
    const shared = createStorage();
    await shared.setItem(`${crypto.randomUUID()}.json`, JSON.stringify(receiptOf()));
    await shared.setItem('sessions:1', 'theirs');
    const receipt = receiptOf();
    const ours = await storageOf([receipt], prefixStorage(shared, 'receipts'));
    assert.equal(await textOf(ours, { format: 'jsonl' }), `${JSON.stringify(receipt)}\n`);
  });

  describe('with a limited number of columns, and nothing lost', () => {
    const junk = (n: number) =>
      receiptOf({ choices: Object.fromEntries(Array.from({ length: 500 }, (_, m) => [`junk-${n}-${m}`, true])) });
    const choicesOf = (names: string[], cells: string[]) => {
      const columns = names.map((name, at) => [name.replace(/^choices\./, ''), cells[at]!] as const).slice(6);
      const own = columns
        .filter(([name, cell]) => name !== 'other' && cell !== '')
        .map(([name, cell]) => [name, cell === 'true']);
      return {
        ...Object.fromEntries(own),
        ...JSON.parse(columns.find(([name]) => name === 'other')?.[1] || '{}'),
      } as object;
    };

    for (const [title, options] of Object.entries({
      'as the policy names its services': { services: ['youtube', 'matomo'] },
      'without a policy': {},
    })) {
      it(`whatever anybody posts, ${title}`, async () => {
        const ours = [
          ...Array.from({ length: 30 }, () => receiptOf()),
          receiptOf({ choices: { matomo: false, other: true } }),
          receiptOf({ choices: {} }),
        ];
        const receipts = [...ours, ...Array.from({ length: 60 }, (_, n) => junk(n))];
        const [names, ...lines] = parseCsv(await textOf(await storageOf(receipts), { format: 'csv', ...options })) as [
          string[],
          ...string[][],
        ];
        assert.ok(names.length <= 6 + 200 + 1, `${names.length} columns`);
        assert.equal(new Set(names).size, names.length);
        assert.ok(
          names.includes('choices.matomo') && names.includes('choices.youtube') && names.at(-1) === 'choices.other',
        );
        assert.equal(lines.length, receipts.length);
        for (const { id, choices } of receipts)
          assert.deepEqual(
            choicesOf(
              names,
              lines.find(([first]) => first === id)!,
            ),
            choices,
          );
      });
    }

    it('in the policy’s order, also where no receipt has a choice', async () => {
      const text = await textOf(await storageOf([receiptOf({ choices: { matomo: true } })]), {
        format: 'csv',
        services: ['youtube', 'ga', 'matomo'],
      });
      assert.match(text, /,text,choices\.youtube,choices\.ga,choices\.matomo\r\n.*,,,true\r\n$/);
    });
  });

  describe('without what a spreadsheet would calculate', () => {
    const FORMULAS = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      ' =1',
      '\u00a0=1',
      '\ufeff=1',
      '\u200b=1',
      '＝1',
      '﹣1',
      '"=1',
      '" "=1',
      "=cmd|' /C calc'!A0",
    ];
    const BEFORE = ['', 'x;', 'x,', 'x\t', 'x\n', 'x\r\n', 'x\r', 'x;"', 'x\n"";', 'x\u2028', 'x"\n'];
    const HOSTILE = BEFORE.flatMap((before) => FORMULAS.map((formula) => before + formula));

    for (const separator of [',', ';', '\t']) {
      it(`where cells are separated by ${JSON.stringify(separator)}`, async () => {
        const receipts = HOSTILE.map((text, n) =>
          receiptOf({ text, language: `fr${['', ';', '"', ';"'][n % 4]}`, choices: { 'x-1': true } }),
        );
        assertNoFormula(await textOf(await storageOf(receipts), { format: 'csv' }), separator);
      });
    }

    it('whatever is in a cell, and whoever reads it', () => {
      const cell = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.stringMatching(/^[a,;"'\t\r\n =+@-]{0,16}$/),
        fc.constantFrom(...HOSTILE),
      );
      fc.assert(
        fc.property(fc.array(fc.array(cell, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (lines) => {
          const text = lines.map((cells) => csvLine(['7c5e1d0e', ...cells, 'true'])).join('');
          for (const separator of [',', ';', '\t']) assertNoFormula(text, separator);
        }),
        { numRuns: 2000 },
      );
    });

    it('and nothing else is changed', () => {
      for (const cell of [
        'Bonjour',
        'a - b',
        'x = 1; y',
        'mesure d’audience\nvidéos',
        "l'aide",
        '{"a":true,"b-c":false}',
        '"quoted"',
      ])
        assert.deepEqual(parseCsv(csvLine([cell])), [[cell]]);
    });
  });

  it('so that whatever is in a receipt is in its cell', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a,;"'\r\n=]{0,12}$/));
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1 }), (cells) => {
        const [read, ...more] = parseCsv(csvLine(cells));
        assert.deepEqual(more, []);
        assert.deepEqual(
          read!.map((cell) => cell.replaceAll("'", '')),
          cells.map((cell) => cell.replaceAll("'", '')),
        );
      }),
      { numRuns: 500 },
    );
  });

  describe('on the command line', () => {
    const { run, succeed, fail, misuse, path, write } = commandLine();

    it('prints CSV without being asked, and JSON lines when it is', async () => {
      const receipt = receiptOf();
      await storageOf([receipt], receiptFolder(path()));
      assert.match(succeed('export', '.'), new RegExp(`^id,time,.*\r\n${receipt.id},.*\r\n$`));
      assert.equal(succeed('export', '.', '--format', 'jsonl'), `${JSON.stringify(receipt)}\n`);
    });

    it('takes days, in UTC, both included', async () => {
      const times = [
        '2025-12-31T23:59:59.999Z',
        '2026-01-01T00:00:00.000Z',
        '2026-12-31T23:59:59.999Z',
        '2027-01-01T00:00:00.000Z',
      ];
      await storageOf(
        times.map((time) => receiptOf({ time: Date.parse(time) })),
        receiptFolder(path()),
      );
      const csv = succeed('export', '.', '--from', '2026-01-01', '--to', '2026-12-31');
      assert.deepEqual(
        parseCsv(csv)
          .slice(1)
          .map(([, time]) => time),
        times.slice(1, 3),
      );
    });

    it('has a column for each service of a policy that visitors decide about', async () => {
      await storageOf([receiptOf({ choices: { matomo: true, gone: false } })], receiptFolder(path('receipts')));
      write('policy.json', JSON.stringify(SAMPLE));
      assert.match(
        succeed('export', 'receipts', '--policy', 'policy.json'),
        /,text,choices\.matomo,choices\.audience,choices\.youtube,choices\.other\r\n.*,true,,,"\{""gone"":false\}"\r\n$/,
      );
      assert.match(fail('export', 'receipts', '--policy', 'missing.json'), /missing\.json could not be read/);
      assert.match(
        misuse('export', 'receipts', '--policy', 'policy.json', '--format', 'jsonl'),
        /--policy names the columns of CSV.*leave it out/,
      );
    });

    it('prints 20,000 receipts, in order, and says which files are none', async () => {
      const receipts = Array.from({ length: 20_000 }, (_, n) => receiptOf({ time: DECIDED + ((n * 7919) % 20_000) }));
      for (const receipt of receipts) write(`${receipt.id}.json`, JSON.stringify(receipt));
      const cut = `${crypto.randomUUID()}.json`;
      write(cut, '{"id"');
      const { stdout, stderr, status } = run('export', '.', '--format', 'jsonl');
      assert.equal(status, 0);
      assert.match(stderr, new RegExp(`${cut} is not a whole receipt`));
      const times = stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as Receipt).time - DECIDED);
      assert.deepEqual(times, [...times.keys()]);
      assert.equal(times.length, 20_000);
    });

    it('stops without a word when nobody reads on', async () => {
      for (let n = 0; n < 2000; n += 1) {
        const receipt = receiptOf();
        write(`${receipt.id}.json`, JSON.stringify(receipt));
      }
      const child = spawn(process.execPath, [MAIN, 'export', path()], { stdio: ['ignore', 'pipe', 'pipe'] });
      const stderr: Buffer[] = [];
      child.stderr.on('data', (part: Buffer) => stderr.push(part));
      child.stdout.once('data', () => child.stdout.destroy());
      assert.deepEqual(await once(child, 'close'), [0, null]);
      assert.equal(String(Buffer.concat(stderr)), '');
    });

    it('says what is wrong', () => {
      write('file', '');
      assert.match(misuse('export'), /"export" takes one folder of receipts/);
      assert.match(misuse('export', '.', '.'), /one folder/);
      assert.match(fail('export', 'missing'), /missing could not be read: there is no such folder/);
      assert.match(fail('export', 'file'), /no such folder/);
      assert.match(misuse('export', '.', '--format', 'xlsx'), /"xlsx".*csv, jsonl/);
      for (const day of ['23/11/2026', '2026-02-30', '2026-13-01', 'yesterday', '2026-11-23T12:00:00Z', '2026']) {
        assert.match(
          misuse('export', '.', `--from=${day}`),
          /--from: ".*" is no date\. Write a day such as --from 2026-11-23/,
        );
        assert.match(misuse('export', '.', `--to=${day}`), /--to: /);
      }
      assert.match(misuse('export', '.', '--from='), /"--from" needs a value/);
    });
  });
});
