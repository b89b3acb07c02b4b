import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readServerTiming, writeServerTiming, type DocumentAccess } from '../../../src/csp/document-access';

/** `Server-Timing` as a browser gives it to scripts. */
function timings(header: string): { name: string; description: string }[] {
  return [...header.matchAll(/([!#$%&'*+.^_`|~\w-]+)((?:;[^,"]*(?:"[^"]*")?)*)/g)].map(([, name, parameters]) => ({
    name: name!,
    description: /;\s*desc=(?:"([^"]*)"|([^;,]*))/.exec(parameters!)?.slice(1).find(Boolean) ?? '',
  }));
}

const anyOpenedUnder: fc.Arbitrary<DocumentAccess> = fc
  .record({
    wall: fc.constantFrom('strict' as const, 'live' as const, 'off' as const),
    fingerprint: fc.stringMatching(/^[0-9a-z]{1,7}$/),
    decidedAt: fc.nat(),
    expiresAt: fc.nat(),
    services: fc.uniqueArray(fc.stringMatching(/^[A-Za-z][\w-]{0,20}$/)),
    once: fc.nat(3),
  })
  .map((opened) => ({ ...opened, once: opened.services.slice(0, opened.once) }));

describe('A page knows how it was opened', () => {
  it('from a header that every proxy passes on', () => {
    const opened = {
      wall: 'strict',
      fingerprint: '1x8ap3',
      decidedAt: 1795435200000,
      expiresAt: 1811073600000,
    } as const;
    assert.equal(
      writeServerTiming({ ...opened, services: ['matomo', 'youtube'], once: ['youtube'] }),
      'cookie-gatekeeper;desc="strict 1x8ap3 1795435200000 1811073600000 matomo once:youtube"',
    );
    assert.equal(
      writeServerTiming({ ...opened, wall: 'live', services: [], once: [] }),
      'cookie-gatekeeper;desc="live 1x8ap3 1795435200000 1811073600000"',
    );
  });

  it('reads what the key wrote, among the timings of the server itself', () => {
    fc.assert(
      fc.property(anyOpenedUnder, fc.boolean(), (opened, first) => {
        const own = 'db;dur=53, cache;desc="Cache Read";dur=23.2';
        const headers = new Headers({ 'server-timing': first ? writeServerTiming(opened) : own });
        headers.append('server-timing', first ? own : writeServerTiming(opened));
        assert.deepEqual(readServerTiming(timings(headers.get('server-timing')!)), opened);
      }),
    );
  });

  it('knows that it was not opened by the key', () => {
    assert.equal(readServerTiming([]), undefined);
    assert.equal(readServerTiming([{ name: 'db', description: 'strict matomo' }]), undefined);
    assert.equal(readServerTiming([{ name: 'cookie-gatekeeper-old', description: 'strict matomo' }]), undefined);
  });
});
