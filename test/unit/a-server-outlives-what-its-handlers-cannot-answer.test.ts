import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { SAMPLE } from './sample-policy';
import { gateway, nodeListener } from '../../src/server/index';

describe('A server outlives what its handlers cannot answer', () => {
  let portal: Server;
  let front: Server;
  const portOf = (server: Server) => (server.address() as AddressInfo).port;

  beforeEach(async () => {
    portal = createServer((request, response) => void request.resume().on('end', () => response.end('here')));
    await once(portal.listen(0, '127.0.0.1'), 'listening');
    front = createServer(nodeListener(gateway({ origin: `http://127.0.0.1:${portOf(portal)}`, policy: SAMPLE })));
    await once(front.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    front.closeAllConnections();
    front.close();
    portal.closeAllConnections();
    portal.close();
  });

  it('an upload that is broken off', async () => {
    const brokenOff = new Promise((resolve) => portal.once('request', (request) => request.once('error', resolve)));
    const reached = once(portal, 'request');
    const socket = connect(portOf(front), '127.0.0.1');
    socket.write('POST /post HTTP/1.1\r\nHost: site.example\r\nContent-Length: 1000\r\n\r\nabc');
    await reached;
    socket.destroy();
    await brokenOff;
    assert.equal((await fetch(`http://127.0.0.1:${portOf(front)}/`)).status, 200);
  });

  it('a portal that is down: the answer says so', async () => {
    portal.closeAllConnections();
    await new Promise((resolve) => portal.close(resolve));
    const answer = await fetch(`http://127.0.0.1:${portOf(front)}/`);
    assert.equal(answer.status, 502);
    assert.match(await answer.text(), /does not answer/);
  });
});
