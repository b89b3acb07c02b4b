import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAIN } from '../../command-line/command-line';
import { runAudit, writeBrowser } from '../run-audit';
import { until } from '../third-party-hits';

const LINKS = '<!doctype html><title>Site</title><a href="/one">1</a> <a href="/gone">2</a> <a href="/data">3</a>';

describe('An audit tells what it has not seen', () => {
  let server: Server;
  let port: number;
  let folder: string;

  before(async () => {
    server = createServer(({ url }, response) => {
      if (url === '/slow') return void server.emit('asked for slow');
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

  it('of what Ctrl-C has cut off; and a second one leaves no browser behind', async () => {
    await writeBrowser(folder, 'chromium', [], `echo $$ > '${join(folder, 'pid')}'`);
    const asked = new Promise((resolve) => server.once('asked for slow', resolve));
    const child = spawn(process.execPath, [MAIN, 'audit', `http://localhost:${port}/slow`], {
      cwd: folder,
      env: { ...process.env, CHROMIUM_PATH: join(folder, 'chromium') },
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await asked;
    child.kill('SIGINT');
    await until(() => /stopping after this page.*Ctrl-C again/.test(said), 'it says what it does');
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    await until(() => !isRunning(pid), 'the browser is gone');
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
