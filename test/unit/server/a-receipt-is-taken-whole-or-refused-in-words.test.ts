import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { createStorage, type Storage } from 'unstorage';
import type { Receipt } from '../../../src/consent/receipt';
import { receiveReceipts } from '../../../src/server/index';
import { post, receiptOf } from './sample-receipt';

const DAY = 24 * 60 * 60 * 1000;
const UUID = '7c5e1d0e-3c07-4c4e-9a39-7f1a4a8a1d11';

describe('A receipt is taken whole, or refused in words', () => {
  let storage: Storage;
  let receive: (request: Request) => Promise<Response>;

  beforeEach(() => {
    storage = createStorage();
    receive = receiveReceipts(storage);
  });

  const kept = async () => Promise.all((await storage.getKeys()).map((key) => storage.getItem<Receipt>(key)));
  const refused = async (request: Request, status: number) => {
    const response = await receive(request);
    const problem = (await response.json()) as { title: string; status: number; detail: string };
    assert.equal(response.status, status, problem.detail);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    assert.equal(problem.status, status);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
    assert.deepEqual(await storage.getKeys(), []);
    return problem.detail;
  };

  it('201 when it is stored', async () => {
    const receipt = receiptOf();
    const response = await receive(post(receipt));
    assert.equal(response.status, 201);
    assert.deepEqual(await response.json(), { id: receipt.id });
    assert.deepEqual(await kept(), [receipt]);
  });

  it('200 when its id is there already; what is there stays', async () => {
    const receipt = receiptOf();
    await receive(post(receipt));
    for (const again of [
      receipt,
      { ...receipt, choices: { matomo: false } },
      { ...receipt, id: receipt.id.toUpperCase() },
    ]) {
      assert.equal((await receive(post(again))).status, 200);
    }
    assert.deepEqual(await kept(), [receipt]);
  });

  it('one 201 when it arrives many times at once', async () => {
    const receipt = receiptOf();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => receive(post({ ...receipt, text: String(n) }))),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array<number>(19).fill(200), 201]);
    assert.equal((await kept())[0]!.text, '0');
  });

  it('takes what is optional, and every kind of decision', async () => {
    for (const action of ['accept-all', 'refuse-all', 'choose', 'withdraw'] as const) {
      const { language: _, text: __, ...receipt } = receiptOf({ action, choices: {} });
      assert.equal((await receive(post(receipt))).status, 201);
    }
    for (const language of ['fr', 'en-GB', 'zh-Hant-TW', 'x-klingon', 'sl-rozaj-biske-1994']) {
      assert.equal((await receive(post(receiptOf({ language })))).status, 201, language);
    }
  });

  it('takes what pages say of their language, and all the words that they have shown', async () => {
    const text = 'Ce site utilise des cookies.\r\n\tTout accepter\n'.repeat(100);
    for (const [language, stored] of [
      ['fr_FR', 'fr-FR'],
      ['zh_Hant_TW', 'zh-Hant-TW'],
      ['Français !', 'Français !'],
    ] as const) {
      const receipt = receiptOf({ language, text });
      assert.equal((await receive(post(receipt))).status, 201, language);
      assert.deepEqual(
        (await kept()).find((other) => other?.id === receipt.id),
        { ...receipt, language: stored },
      );
    }
  });

  it('keeps nothing of who sent it', async () => {
    const receipt = receiptOf();
    await receive(
      post(receipt, {
        'User-Agent': 'Secret/1',
        'X-Forwarded-For': '192.0.2.7',
        Cookie: 'sessionid=secret',
        Referer: 'https://data.example.fr/secret',
      }),
    );
    assert.doesNotMatch(JSON.stringify(await kept()), /secret|192\.0\.2/i);
    assert.deepEqual(await kept(), [receipt]);
  });

  const WRONG: Record<string, [change: object, said: RegExp]> = {
    'no id': [{ id: undefined }, /id: write a UUID/],
    'an id that is none': [{ id: 'abc' }, /id: write a UUID/],
    'an id that leaves the folder': [{ id: '../../etc/passwd' }, /id: write a UUID/],
    'an id with a path behind it': [{ id: `${UUID}/../x` }, /id: write a UUID/],
    'an id with a line break': [{ id: `${UUID}\n` }, /id: write a UUID/],
    'an id with a NUL': [{ id: `${UUID}\u0000` }, /id: write a UUID/],
    'an id that is a number': [{ id: 7 }, /id: write a UUID/],
    'no time': [{ time: undefined }, /time: write milliseconds/],
    'a time in words': [{ time: '2026-11-23' }, /time: write milliseconds/],
    'a time in seconds': [{ time: Math.round(Date.now() / 1000) }, /time: write milliseconds/],
    'a time in microseconds': [{ time: Date.now() * 1000 }, /time: write milliseconds/],
    'half a millisecond': [{ time: 1764000000000.5 }, /time: write milliseconds/],
    'no revision': [{ revision: undefined }, /revision: write a text/],
    'an empty revision': [{ revision: '' }, /revision: write a text/],
    'a revision without end': [{ revision: 'x'.repeat(101) }, /revision: write a text/],
    'a text without end': [{ text: 'x'.repeat(10_001) }, /text: write a text of 1 to 10000/],
    'control characters': [{ text: 'a\u0000b' }, /text: write a text/],
    'half a character': [{ text: '\ud800' }, /text: write a text/],
    'no choices': [{ choices: undefined }, /choices: write up to 500 choices/],
    'choices in a list': [{ choices: ['matomo'] }, /choices: write/],
    'a choice in words': [{ choices: { matomo: 'yes' } }, /choices\.matomo: write true or false/],
    'a choice within a choice': [{ choices: { matomo: { youtube: true } } }, /choices\.matomo: write true or false/],
    'too many choices': [
      { choices: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`s${n}`, true])) },
      /choices: write up to 500/,
    ],
    'a service that is a formula': [{ choices: { '=1+1': true } }, /choices: name services by their id/],
    'a service with a long name': [{ choices: { ['x'.repeat(101)]: true } }, /choices: name services/],
    'no action': [{ action: undefined }, /action: write one of accept-all/],
    'another action': [{ action: 'constructor' }, /action: write one of accept-all/],
    'a language without end': [{ language: 'x'.repeat(101) }, /language: write a text/],
    'a language that is null': [{ language: null }, /language: write a text/],
    'who it was': [{ email: 'someone@example.fr' }, /"email": a receipt has no such key/],
  };
  for (const [title, [change, said]] of Object.entries(WRONG)) {
    it(`400 for ${title}`, async () => {
      assert.match(await refused(post({ ...receiptOf(), ...change }), 400), said);
    });
  }

  it('409 for a time of next week: it is taken when its time has come', async () => {
    const receipt = receiptOf({ time: Date.now() + 7 * DAY });
    assert.match(await refused(post(receipt), 409), /more than a day in the future/);
    mock.timers.enable({ apis: ['Date'], now: receipt.time - DAY + 1 });
    try {
      assert.equal((await receive(post(receipt))).status, 201);
    } finally {
      mock.timers.reset();
    }
  });

  it('400 for "__proto__", which reaches the prototype of nothing', async () => {
    const hostile = JSON.stringify(receiptOf()).replace('"choices":{', '"choices":{"__proto__":{"polluted":true},');
    assert.match(await refused(post(hostile), 400), /choices/);
    await refused(post(JSON.stringify(receiptOf()).replace('{', '{"__proto__":{"polluted":true},')), 400);
    assert.equal(({} as { polluted?: true }).polluted, undefined);
  });

  it('names every mistake', async () => {
    const detail = await refused(post({ ...receiptOf(), id: 'x', action: 'x', time: 'x' }), 400);
    for (const path of ['id: ', 'action: ', 'time: ']) assert.ok(detail.includes(path), detail);
  });

  it('400 for what is no receipt at all', async () => {
    for (const body of ['null', '[]', '"receipt"', '7', '{}']) await refused(post(body), 400);
    for (const body of ['', '{', JSON.stringify(receiptOf()).slice(0, -1), '\ufeff\ufeff{}'])
      assert.match(await refused(post(body), 400), /not JSON/);
    assert.match(await refused(post(new Uint8Array([0x22, 0xff, 0xfe, 0x22])), 400), /not JSON/);
  });

  it('405 for anything but POST', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await receive(new Request('https://data.example.fr/consent-receipts', { method }));
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'POST');
    }
  });

  it('415 for anything but JSON, which pages of other sites could send unasked', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'text/plain; application/json',
      '',
    ]) {
      assert.match(await refused(post(receiptOf(), { 'Content-Type': type }), 415), /application\/json/);
    }
    assert.equal((await receive(post(receiptOf(), { 'Content-Type': 'Application/JSON; charset=utf-8' }))).status, 201);
  });

  it('413 for more than 64 KiB, said or not', async () => {
    const large = JSON.stringify({ ...receiptOf(), text: 'x'.repeat(70_000) });
    assert.match(await refused(post(large), 413), /65536 bytes/);
    assert.match(await refused(post('{}', { 'Content-Length': '70000' }), 413), /65536 bytes/);
  });

  it('413 before the end of a body that has none', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10_000)) });
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit;
    await refused(new Request('https://data.example.fr/consent-receipts', init), 413);
  });

  it('400 when the body breaks off', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('connection lost')) });
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: broken,
      duplex: 'half',
    } as RequestInit;
    await refused(new Request('https://data.example.fr/consent-receipts', init), 400);
  });

  it('403 from pages of other sites', async () => {
    const elsewhere: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://data.example.fr' },
      { Origin: 'https://evil.example' },
      { Origin: 'https://data.example.fr.evil.example' },
      { Origin: 'https://data.example.fr:8443' },
      { Origin: 'null' },
    ];
    for (const headers of elsewhere) assert.match(await refused(post(receiptOf(), headers), 403), /this site/);
  });

  it('201 from the site itself, also through a proxy that tells the server another name or scheme', async () => {
    for (const headers of [
      { Origin: 'https://data.example.fr' },
      { Origin: 'http://data.example.fr' },
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://public.example' },
    ] as Record<string, string>[]) {
      assert.equal((await receive(post(receiptOf(), headers))).status, 201);
    }
  });

  it('never throws, and stores nothing that is not a receipt', async () => {
    const anyReceipt = fc.record(
      {
        id: fc.oneof(fc.uuid(), fc.string()),
        time: fc.oneof(fc.constant(Date.now()), fc.integer(), fc.double()),
        revision: fc.string({ unit: 'binary' }),
        choices: fc.oneof(
          fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.boolean()),
          fc.dictionary(fc.string(), fc.jsonValue()),
        ),
        action: fc.oneof(fc.constant('choose'), fc.string()),
        language: fc.oneof(fc.constant('fr'), fc.string()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyReceipt.map((value) => JSON.stringify(value)),
          fc.json(),
          fc.string({ unit: 'binary' }),
        ),
        async (body) => {
          await storage.clear();
          const { status } = await receive(post(body));
          assert.ok(status === 201 || status === 400, String(status));
          const stored = await kept();
          assert.equal(stored.length, status === 201 ? 1 : 0);
          if (status === 201) {
            const { language, ...sent } = JSON.parse(body.replace(/"id":"[^"]*"/, (id) => id.toLowerCase())) as Receipt;
            assert.deepEqual(
              stored[0],
              language === undefined ? sent : { ...sent, language: language.replaceAll('_', '-') },
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
