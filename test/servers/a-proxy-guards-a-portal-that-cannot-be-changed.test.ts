import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { lock } from '../../src/cli/commands/lock';
import { lockOf, workerLockOf } from '../../src/cli/index';
import { gateway, nodeListener } from '../../src/server/index';
import { selfSigned } from '../browser/self-signed';
import { sampleWith } from '../unit/sample-policy';
import { COOKIES, JSON_TEXT, LONG_OWN, OWN, PAGES, PDF, startMessyPortal, type MessyPortal } from './messy-portal';
import { SERVER_NAMES, startServer, type RunningServer, type ServerName } from './web-servers';

const POLICY = sampleWith((policy) => (policy.exclude = ['/admin/']));
const LOCK = lockOf(POLICY);
const TAG = '<script src="/gatekeeper.js"></script>';
const FILES = { 'gatekeeper.js': '"é"', 'gatekeeper-sw.js': 'worker' };
const HOST = 'data.example.fr';
/** What Apache does there to all sites already. */
const DEBIAN_DEFLATE = 'AddOutputFilterByType DEFLATE text/html text/css application/json';
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  policies: string[];
  /** Decoded. */
  body: Buffer;
}

async function open(port: number, path: string, headers: Record<string, string>, body?: Buffer) {
  const asked = request({
    port,
    host: '127.0.0.1',
    method: body ? 'POST' : 'GET',
    path,
    headers: { Host: HOST, ...headers },
    maxHeaderSize: 1e6,
    agent: false,
  }).end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

async function ask(port: number, path: string, headers: Record<string, string> = {}, sent?: Buffer): Promise<Answer> {
  const answer = await open(port, path, headers, sent);
  const body = Buffer.concat((await answer.toArray()) as Buffer[]);
  return {
    status: answer.statusCode!,
    headers: answer.headers,
    // Several in one header, or in several.
    policies: (answer.headersDistinct['content-security-policy'] ?? []).flatMap((policies) => policies.split(', ')),
    body: answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body,
  };
}

describe('A proxy guards a portal that cannot be changed', () => {
  let portal: MessyPortal;
  let secure: MessyPortal;
  let folder: string;
  let policyFile: string;
  let ownCertificate: string;
  const gateways: Server[] = [];

  before(async () => {
    const certificate = selfSigned();
    portal = await startMessyPortal();
    secure = await startMessyPortal(certificate);
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-built-'));
    await chmod(folder, 0o755);
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    policyFile = join(folder, 'policy.json');
    await writeFile(policyFile, JSON.stringify(POLICY));
    ownCertificate = join(folder, 'certificate.pem');
    await writeFile(ownCertificate, certificate.cert);
  });
  after(async () => {
    for (const server of gateways) {
      server.close();
      server.closeAllConnections();
    }
    portal?.stop();
    secure?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What the command prints, and for Caddy the gateway that this passes on to, at a port that is free. */
  async function linesFor(name: ServerName, origin: string): Promise<string> {
    const lines = await lock.run([policyFile], { format: name, proxy: origin, files: folder } as never);
    if (name === 'nginx') return lines as string;
    if (name === 'apache') return `${DEBIAN_DEFLATE}\n${lines as string}`;
    const server = createServer(nodeListener(gateway({ origin, policy: POLICY, files: FILES })));
    gateways.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return (lines as string).replace(':8080', `:${(server.address() as AddressInfo).port}`);
  }

  for (const name of SERVER_NAMES) {
    describe(name, () => {
      let server: RunningServer;

      before(async () => {
        server = await startServer(name, [{ host: HOST, lines: await linesFor(name, portal.origin) }], {});
      });
      after(() => server?.stop());

      const of = (path: string, headers?: Record<string, string>, sent?: Buffer) =>
        ask(server.port, path, headers, sent);
      /** The document as the portal has it, once the tag is out of it; a line's end more after the last changes nothing. */
      const assertTagged = ({ body }: Answer, page: Buffer, before: RegExp) => {
        const text = body.toString('latin1');
        const [start, end, ...more] = text.split(TAG);
        assert.deepEqual(
          [more, `${start}${end}`.trimEnd().toLowerCase()],
          [[], page.toString('latin1').trimEnd().toLowerCase()],
        );
        assert.match(start!, before);
      };
      /** First in the head, or before it, where a browser begins one. */
      const FIRST = /^(<!doctype html>)?\s*(<html[^>]*>)?\s*(<head[^>]*>)?$/i;

      for (const encoding of ['gzip, deflate, br', 'br', 'identity']) {
        it(`its documents have lock, tag and their own policy, for who takes ${encoding}`, async () => {
          const answer = await of('/', { 'Accept-Encoding': encoding });
          assert.equal(answer.status, 200);
          assert.deepEqual(new Set(answer.policies), new Set([OWN, LOCK]));
          assertTagged(answer, PAGES['/'], FIRST);
          const { headers } = answer;
          assert.equal(headers['content-encoding'], encoding.includes('gzip') ? 'gzip' : undefined);
          assert.deepEqual(headers['set-cookie'], COOKIES);
          assert.match(headers['content-type']!, /^text\/html; charset=iso-8859-1$/i);
          assert.match(headers.etag!, /^W\/"1/, 'since it names other bytes');
        });
      }

      it('and have browsers tell nobody of each visit', async () => {
        const { headers } = await of('/reporting');
        // nginx takes nothing out of a header.
        if (name === 'nginx') delete headers['content-security-policy'];
        assert.doesNotMatch(JSON.stringify(headers), /reports\.example/);
      });

      it('also those that are no success', async () => {
        for (const [path, status] of [
          ['/missing', 404],
          ['/broken', 500],
        ] as const) {
          const answer = await of(path);
          assert.deepEqual([answer.status, new Set(answer.policies)], [status, new Set([OWN, LOCK])]);
          assertTagged(answer, PAGES[path], FIRST);
        }
      });

      it('and those without a head, though a script has one written in it', async () => {
        for (const path of ['/without-head', '/without-line'] as const) {
          const answer = await of(path);
          assert.deepEqual(new Set(answer.policies), new Set([OWN, LOCK]));
          assertTagged(answer, PAGES[path], FIRST);
        }
      });

      it('and those of an older type, but for nginx, where they have the lock only', async () => {
        const answer = await of('/older');
        assert.deepEqual(new Set(answer.policies), new Set([OWN, LOCK]));
        if (name === 'nginx') assert.deepEqual(answer.body, PAGES['/older']);
        else assertTagged(answer, PAGES['/older'], /^<!doctype html public [^>]*>\s*<html>\s*(<head>)?$/);
      });

      if (name !== 'caddy') {
        it('and parts of documents neither', async () => {
          const { body } = await of('/fragment');
          assert.deepEqual(body, PAGES['/fragment']);
        });
      }

      it('and those that the policy leaves alone neither', async () => {
        const { policies, body } = await of('/admin/');
        assert.deepEqual([policies, body.toString().trimEnd()], [[OWN], PAGES['/admin/'].toString()]);
      });

      it('arrive as they are sent, as events do', async () => {
        for (const [path, first] of [
          ['/slow', TAG],
          ['/events', '</title>'],
        ] as const) {
          const answer = await open(server.port, path, { 'Accept-Encoding': 'identity' });
          const marks = [first, '<p>more'];
          let text = '';
          for await (const part of answer) {
            text += String(part);
            while (marks[0] && text.includes(marks[0])) {
              marks.shift();
              portal.goOn();
            }
          }
          assert.match(text, /^<!doctype html>[^]*\n<title>slow<\/title>\n<p>more\n<p>and more\n<p>end\n$/);
        }
      });

      it('everything else passes as it is', async () => {
        const whole = await of('/report.pdf');
        assert.deepEqual([whole.status, whole.headers['content-length'], whole.body], [200, '5000', PDF]);
        const part = await of('/report.pdf', { Range: 'bytes=10-19' });
        assert.deepEqual(
          [part.status, part.headers['content-range'], part.body],
          [206, 'bytes 10-19/5000', PDF.subarray(10, 20)],
        );
        assert.equal((await of('/data.json', { 'Accept-Encoding': 'gzip' })).body.toString(), JSON_TEXT);
        assert.equal((await of('/data.json')).body.toString(), JSON_TEXT);
        assert.equal((await of('/long')).headers['x-other'], LONG_OWN);
      });

      it('under the address that was asked for, and the host that the portal knows', async () => {
        const path = '/a%2Fb//c%20d?x=%2F&y=é'.replace('é', '%C3%A9');
        assert.equal((await of(path)).status, 200);
        const { url, headers, httpVersion } = portal.asked.at(-1)!;
        assert.deepEqual(
          [url, headers.host, headers['x-forwarded-host'], httpVersion],
          [path, new URL(portal.origin).host, HOST, '1.1'],
        );
      });

      it('redirects to itself', async () => {
        const { status, headers } = await of('/moved');
        assert.deepEqual(
          [status, new URL(headers.location!, `http://${HOST}/`).href],
          [302, `http://${HOST}/there?a=1`],
        );
      });

      it('what is posted arrives whole, from the site itself as from the portal, and from others as theirs', async () => {
        const sent = Buffer.alloc(3e6, 'x');
        for (const [from, told] of [
          [`http://${HOST}`, portal.origin],
          ['https://other.example', 'https://other.example'],
        ] as const) {
          const { status, body } = await of('/form', { Origin: from }, sent);
          assert.deepEqual([status, body.equals(sent)], [201, true]);
          assert.equal(portal.asked.at(-1)!.headers.origin, told);
        }
      });

      it('WebSockets are open, and say where they come from', async () => {
        for (const [from, told] of [
          [`http://${HOST}`, portal.origin],
          ['https://other.example', 'https://other.example'],
        ] as const) {
          const socket = new WebSocket(`ws://127.0.0.1:${server.port}/live`, { headers: { Host: HOST }, origin: from });
          await once(socket, 'open');
          socket.send('echo');
          const [message] = (await once(socket, 'message')) as [Buffer];
          socket.terminate();
          assert.deepEqual([String(message), portal.asked.at(-1)!.headers.origin], ['echo', told]);
        }
      });

      it('and nothing else becomes another protocol', async () => {
        assert.equal((await of('/', { Connection: 'Upgrade', Upgrade: 'h2c' })).status, 200);
      });

      it('the built files are there, the worker with its own lock', async () => {
        for (const [path, text] of Object.entries(FILES)) {
          const { status, headers, policies, body } = await of(`/${path}?v=1`);
          assert.deepEqual([status, body.toString()], [200, text]);
          assert.match(headers['content-type']!, /^text\/javascript; charset=utf-8$/i);
          assert.equal(headers['cache-control'], 'no-cache');
          assert.deepEqual(policies, [path === 'gatekeeper-sw.js' ? workerLockOf(POLICY) : LOCK]);
        }
      });
    });
  }

  for (const name of ['nginx', 'apache'] as const) {
    it(`${name}: a portal that cannot show who it is is asked nothing`, async () => {
      const lines = await linesFor(name, secure.origin);
      const statusUnder = async (authorities: string) => {
        const server = await startServer(name, [{ host: HOST, lines: lines.replace(AUTHORITIES, authorities) }], {});
        try {
          return (await ask(server.port, '/')).status;
        } finally {
          await server.stop();
        }
      };
      const refused = await statusUnder(AUTHORITIES);
      assert.deepEqual([refused >= 500, secure.asked.length], [true, 0]);
      assert.equal(await statusUnder(ownCertificate), 200);
      secure.asked.length = 0;
    });
  }
});
