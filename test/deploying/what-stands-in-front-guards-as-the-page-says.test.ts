import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Miniflare } from 'miniflare';
import { freePort } from '../free-port';
import { SAMPLE } from '../unit/sample-policy';
import { bundledWorker } from '../servers/bundled-worker';
import { blocksIn, commandsIn, deployingPage, inlineCode, type Page } from './deploying-page';
import { sitePages } from './followed-site';
import { asReplaced, startReader, type Reader } from './reader';
import { listens, SERVER_NAMES, startServer, type ServerName } from '../servers/web-servers';

const EXAMPLE = 'https://data.example.fr';
const RIGHT = /everything is as it should be/;

/** Where a server has the page that it sends where there is none. */
const MISSING = '404';

/** What a server sends: HTML, where no header says otherwise. */
interface Sent {
  text: string;
  headers?: Record<string, string>;
}

describe('What stands in front guards as the page says', () => {
  let page: Page;
  let reader: Reader;
  let replaced: Record<string, string>;
  const servers: Server[] = [];

  before(async () => {
    page = (await deployingPage()).english;
    const portal = await listening(pagesWith(''));
    replaced = { 8080: String(await freePort()), 8081: String(await freePort()), 'https://portal.internal': portal };
    reader = await startReader(replaced);
    Object.assign(replaced, {
      '/var/lib/portal/reports': reader.path('reports'),
      '/srv/gatekeeper': reader.path('public'),
    });
    await writePolicy(blocksIn(page, '3. ', 'json')[0]!);
  });
  after(async () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    await reader?.leave();
  });

  /** Writes a policy with these lines below its revision, and builds it. */
  const writePolicy = async (lines: string) => {
    await reader.write('policy.json', `${JSON.stringify(SAMPLE, null, 2)}\n`);
    await reader.editPolicy((text) => text.replace(/^.*"revision".*\n/m, `$&${lines}\n`));
    await reader.succeed(commandsIn(page, '3. ')[0]!);
  };
  const listening = async (sent: Record<string, Sent>) => {
    const server = createServer((request, response) => {
      const path = request.url!.replace(/\?.*/, '');
      const { text, headers } = sent[path] ?? sent[MISSING]!;
      response.writeHead(sent[path] ? 200 : 404, { 'Content-Type': 'text/html', ...headers }).end(text);
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const pagesWith = (tag: string, headers?: Record<string, string>): Record<string, Sent> => ({
    ...Object.fromEntries(
      Object.entries(sitePages(() => tag)).map(([name, text]) => [
        `/${name.replace('index.html', '')}`,
        { text, headers },
      ]),
    ),
    [MISSING]: { text: `<!doctype html><html><head>${tag}<title>404</title></head></html>`, headers },
  });
  const check = async (site: string) => {
    const [line] = commandsIn(page, 'Then, in each case');
    return (await reader.type(line!.replace(EXAMPLE, site))).printed;
  };

  /** Does something at a site that such a server serves with these lines. */
  const proxied = async (name: ServerName, lines: string, todo: (site: string) => Promise<void>) => {
    const server = await startServer(name, [{ host: 'localhost', lines: asReplaced(lines, replaced) }], {});
    try {
      await todo(`http://localhost:${server.port}`);
    } finally {
      await server.stop();
    }
  };

  for (const name of SERVER_NAMES)
    it(`${name}, as a proxy, which also leads reports to what receives them`, async () => {
      const isGateway = name === 'caddy';
      const [program] = blocksIn(page, isGateway ? 'The gateway' : 'On your own server', 'js');
      await reader.write('program.mjs', program!);
      const portOfProgram = Number(replaced[isGateway ? 8080 : 8081]);
      if (!(await listens(portOfProgram))) await reader.start('node program.mjs', () => listens(portOfProgram));
      const [line] = commandsIn(page, 'A proxy in front');
      const printed = await reader.succeed(line!.replace('nginx', name));
      const ofReports = isGateway ? '' : blocksIn(page, 'On your own server', name)[0]!;
      await proxied(name, `${ofReports}\n${printed}`, async (site) => {
        assert.match(await check(site), RIGHT);
        const posted = await fetch(`${site}/gatekeeper-reports`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Origin: site },
          body: '{ "requests": [{ "origin": "https://new.example", "kind": "frame", "page": "/" }] }',
        });
        assert.equal(posted.status, 204, await posted.text());
      });
    });

  it('the gateway, at a CDN', async () => {
    await reader.succeed(commandsIn(page, 'The gateway')[0]!);
    const source = asReplaced(blocksIn(page, 'The gateway', 'js').at(-1)!, replaced);
    const workerd = new Miniflare({
      modules: true,
      script: await bundledWorker(source, reader.path()),
      compatibilityDate: '2026-04-01',
      compatibilityFlags: ['nodejs_compat'],
      // Or it would ask Cloudflare where it is.
      cf: false,
    });
    try {
      assert.match(await check((await workerd.ready).origin), RIGHT);
    } finally {
      await workerd.dispose();
    }
  });

  for (const mode of ['report', 'enforce'])
    it(`a vendor, who does what stands on the page for the vendor, to ${mode}`, async () => {
      await writePolicy(`"mode": "${mode}",`);
      const quoted = page.find(({ heading }) => heading === 'For the vendor')!.prose;
      const code = inlineCode({ prose: quoted.match(/^>.*$/gm)!.join('\n') });
      const files = await reader.built();
      const names = code.filter((text) => /^gatekeeper.*\.js$/.test(text));
      assert.deepEqual([...new Set(names)].sort(), Object.keys(files).sort());
      const tag = code.find((text) => text.startsWith('<script'))!;
      const [ofDocuments, ofWorker] = await Promise.all(
        commandsIn(page, 'For the vendor').map(async (line) => headerOf(await reader.succeed(line))),
      );
      const script = { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache' };
      const built = Object.entries(files).map(([name, text]) => {
        const headers = { ...script, ...(name === 'gatekeeper-sw.js' && ofWorker) };
        return [`/${name}`, { text, headers }] as const;
      });
      const site = await listening({ ...pagesWith(tag, ofDocuments), ...Object.fromEntries(built) });
      assert.match(await check(site), RIGHT);
    });

  it('and where there is nothing but the HTML, a tag does, once it is in force', async () => {
    const heading = 'Nothing but the HTML';
    const section = page.find((one) => one.heading === heading)!;
    const [lines, , command] = inlineCode(section);
    await writePolicy(`"mode": "report",\n${lines!}`);
    assert.match(await reader.succeed(command!), /there is no tag yet/);
    await writePolicy(lines!);
    const tags = (await reader.succeed(command!)).trim() + blocksIn(page, 'On your own server', 'html')[0]!;
    const files = Object.entries(await reader.built()).map(
      ([name, text]) => [`/${name}`, { text, headers: { 'Content-Type': 'text/javascript' } }] as const,
    );
    const site = await listening({ ...pagesWith(tags), ...Object.fromEntries(files) });
    const wrong = (await check(site)).split('\n').filter((line) => line.startsWith('  '));
    assert.equal(wrong.length, 2, wrong.join('\n'));
    for (const line of wrong) assert.match(line, /gatekeeper-sw\.js is sent without (Cache-Control|its own lock)/);
  });

  /** What leads to the portal when nothing guards it any more. */
  const LEADS: Record<ServerName, string> = {
    nginx: 'location / { proxy_pass https://portal.internal; }',
    apache: 'ProxyPass / https://portal.internal/',
    caddy: 'reverse_proxy https://portal.internal',
  };
  it('taken off a proxy again, there is only the worker that goes', async () => {
    await reader.succeed(commandsIn(page, '6. ')[0]!);
    for (const name of SERVER_NAMES)
      await proxied(name, `${blocksIn(page, '6. ', name)[0]!}\n${LEADS[name]}`, async (site) => {
        const document = await fetch(`${site}/`);
        assert.deepEqual(
          [document.status, document.headers.get('content-security-policy-report-only')],
          [200, null],
          name,
        );
        assert.doesNotMatch(await document.text(), /gatekeeper/, name);
        const worker = await fetch(`${site}/gatekeeper-sw.js`);
        assert.equal(worker.headers.get('cache-control'), 'no-cache', name);
        assert.equal(await worker.text(), await reader.read('public/gatekeeper-sw.js'), name);
      });
  });
});

/** A header as it is printed: with its name, or under the usual one. */
function headerOf(printed: string): Record<string, string> {
  const [, name = 'Content-Security-Policy', value] = /^(?:(Content-[\w-]+): )?(.*)\n$/.exec(printed)!;
  return { [name]: value! };
}
