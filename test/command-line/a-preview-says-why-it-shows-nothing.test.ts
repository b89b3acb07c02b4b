import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../free-port';
import { commandLine } from './command-line';
import { endedCommand, startCommand } from './running-command';
import { SAMPLE } from '../unit/sample-policy';

describe('A preview says why it shows nothing', () => {
  const { misuse, write, path } = commandLine();
  let portal: Server;
  let address: string;

  before(async () => {
    portal = createServer((_, response) => response.end('portal'));
    await new Promise<void>((resolve) => void portal.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(portal.address() as AddressInfo).port}/`;
  });
  after(() => portal.close());
  beforeEach(() => write('policy.json', JSON.stringify(SAMPLE)));

  it('when it is not told what it needs', () => {
    assert.match(misuse('preview', address), /say which policy guards it: .*--policy policy\.json/);
    assert.match(
      misuse('preview', 'portal.example.fr', '-p', 'policy.json'),
      /such as https:\/\/portal\.example\.fr\//,
    );
    assert.match(misuse('preview', address, '-p', 'policy.json', '--port', '70000'), /"70000" is no port/);
  });

  it('when nobody answers there', async () => {
    const gone = `http://127.0.0.1:${await freePort()}/`;
    const { status, stderr } = await endedCommand(path(), 'preview', gone, '--policy', 'policy.json');
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^cookie-gatekeeper: ${gone} could not be asked for: .*ECONNREFUSED`));
  });

  it('when the policy cannot be used, or the port', async () => {
    write('broken.json', '{ "revision": "1", "services": [{ "id": "a" }] }');
    const port = String(await freePort());
    const broken = await endedCommand(path(), 'preview', address, '--policy', 'broken.json', '--port', port);
    assert.equal(broken.status, 1);
    assert.match(
      broken.stderr,
      /^cookie-gatekeeper: broken\.json has 2 mistakes:\n {2}line 1, column 33: services\[0\]\.provider: missing/,
    );
    const missing = await endedCommand(path(), 'preview', address, '--policy', 'missing.json');
    assert.match(missing.stderr, /missing\.json could not be read: there is no such file/);
    const taken = new URL(address).port;
    const { status, stderr } = await endedCommand(
      path(),
      'preview',
      address,
      '--policy',
      'policy.json',
      '--interface',
      'dsfr',
      '--port',
      taken,
    );
    assert.equal(status, 1);
    assert.match(
      stderr,
      new RegExp(
        `port ${taken} is taken by another program\\. Choose another: npx cookie-gatekeeper preview ${address} --policy policy\\.json --interface dsfr --port ${+taken + 1}\n`,
      ),
    );
  });

  it('when nobody answers there any more', async () => {
    const port = await freePort();
    const running = startCommand(path(), 'preview', address, '--policy', 'policy.json', '--port', String(port));
    try {
      await running.says(/Ctrl-C ends it/);
      assert.equal(await (await fetch(`http://localhost:${port}/`)).text(), 'portal');
      portal.close();
      portal.closeAllConnections();
      const { status, text } = await fetch(`http://localhost:${port}/`).then(async (response) => ({
        status: response.status,
        text: await response.text(),
      }));
      assert.equal(status, 502);
      assert.match(text, /^cookie-gatekeeper: http:\/\/127\.0\.0\.1:\d+ could not be reached: .*ECONNREFUSED/);
    } finally {
      await running.end();
    }
  });
});
