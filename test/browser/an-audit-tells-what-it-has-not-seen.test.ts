import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAudit, writeBrowser } from './run-audit';

const LINKS = '<!doctype html><title>Site</title><a href="/one">1</a> <a href="/gone">2</a> <a href="/data">3</a>';

describe('An audit tells what it has not seen', () => {
  let server: Server;
  let port: number;
  let folder: string;

  before(async () => {
    server = createServer(({ url }, response) => {
      if (url === '/gone') return void response.destroy();
      const isFile = url === '/data' && { 'Content-Disposition': 'attachment; filename="data.csv"' };
      response.writeHead(200, { 'Content-Type': 'text/html', ...isFile }).end(url === '/' ? LINKS : '<title>-</title>');
    });
    await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
    ({ port } = server.address() as AddressInfo);
    folder = await mkdtemp(join(tmpdir(), 'cookie-gatekeeper-audit-'));
    await writeBrowser(folder, 'chromium', []);
  });
  after(async () => {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  });

  it('of pages that could not be opened, which are no success', async () => {
    const { status, stdout, stderr } = await runAudit(folder, `http://localhost:${port}/`, '--fail-on', 'leak');
    const line = new RegExp(
      `^(cookie-gatekeeper: )?not visited: http://localhost:${port}/gone \\(refused\\): net::ERR_`,
      'm',
    );
    assert.match(stdout, line);
    assert.match(stderr, line);
    assert.match(stderr, /^cookie-gatekeeper: not all was visited.*--fail-on/m);
    assert.doesNotMatch(stderr, /\/data/);
    assert.equal(status, 1);
  });
});
