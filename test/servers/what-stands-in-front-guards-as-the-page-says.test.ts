import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Miniflare } from 'miniflare';
import { freePort } from '../free-port';
import { SAMPLE } from '../unit/sample-policy';
import { bundledWorker } from './bundled-worker';
import { blocksIn, commandsIn, deployingPage, inlineCode, type Page } from './deploying-page';
import { sitePages } from './followed-site';
import { asReplaced, startReader, type Reader } from './reader';
import { listens, SERVER_NAMES, startServer, type ServerName } from './web-servers';

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

  /** What leads to the portal when nothing guards it any more. */
  const LEADS: Record<ServerName, (portal: string) => string> = {
    nginx: (portal) => `location / { proxy_pass ${portal}; }`,
    apache: (portal) => `ProxyPass / ${portal}/`,
    caddy: (portal) => `reverse_proxy ${portal}`,
  };

  for (const name of SERVER_NAMES)
    it(`${name}, as a proxy, and no more when it is taken off`, async () => {
      const [program] =
        name === 'caddy' ? blocksIn(page, 'The gateway', 'js') : blocksIn(page, 'On your own server', 'js');
      await reader.write('program.mjs', program!);
      const portOfProgram = Number(replaced[name === 'caddy' ? 8080 : 8081]);
      if (!(await listens(portOfProgram))) await reader.start('node program.mjs', () => listens(portOfProgram));
      const [line] = commandsIn(page, 'A proxy in front');
      const printed = asReplaced(await reader.succeed(line!.replace('nginx', name)), replaced);
      const ofReports = name === 'caddy' ? '' : asReplaced(blocksIn(page, 'On your own server', name)[0]!, replaced);
      const port = await freePort();
      const site = `http://localhost:${port}`;
      const headers = { Connection: 'close', 'Content-Type': 'application/json', Origin: site };
      const serve = (lines: string) => startServer(name, [{ host: 'localhost', lines }], {}, port);
      let server = await serve(`${ofReports}\n${printed}`);
      try {
        assert.match(await check(site), RIGHT);
        const body = JSON.stringify({ requests: [{ origin: `https://${name}.example`, kind: 'frame', page: '/' }] });
        const posted = await fetch(`${site}/gatekeeper-reports`, { method: 'POST', headers, body });
        assert.equal(posted.status, 204, await posted.text());
        const told = await reader.succeed(commandsIn(page, 'Then, in each case').at(-1)!);
        assert.match(told, new RegExp(`https://${name}\\.example +frame`));

        await reader.succeed(commandsIn(page, '6. ')[0]!);
        await server.stop();
        server = await serve(
          `${asReplaced(blocksIn(page, '6. ', name)[0]!, replaced)}\n${LEADS[name](replaced['https://portal.internal']!)}`,
        );
        const document = await fetch(`${site}/`, { headers });
        assert.equal(document.headers.get('content-security-policy-report-only'), null);
        assert.doesNotMatch(await document.text(), /gatekeeper/);
        const worker = await fetch(`${site}/gatekeeper-sw.js`, { headers });
        assert.deepEqual(
          [worker.headers.get('cache-control'), await worker.text()],
          ['no-cache', await reader.read('public/gatekeeper-sw.js')],
        );
      } finally {
        await server.stop();
        await reader.succeed(commandsIn(page, '3. ')[0]!);
      }
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
});

/** A header as it is printed: with its name, or under the usual one. */
function headerOf(printed: string): Record<string, string> {
  const [, name = 'Content-Security-Policy', value] = /^(?:(Content-[\w-]+): )?(.*)\n$/.exec(printed)!;
  return { [name]: value! };
}
