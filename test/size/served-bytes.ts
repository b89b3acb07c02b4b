import { brotliCompressSync } from 'node:zlib';
import { buildFiles } from '../../example/built-files';

/** Without services: the policy's own data is the site's. */
const EMPTY = { revision: '1', services: [] };
const WITH_META_LOCK = { ...EMPTY, lock: 'meta' };

/**
 * In bytes, as a server sends them: compressed with brotli, quality 11. They are what was reached, so that nothing grows
 * unseen; the README says what is meant. The interface is in French and English.
 */
const LIMITS = {
  'gatekeeper.js': 9_460,
  'gatekeeper-sw.js': 9_735,
  'gatekeeper-sw.js, lock in a <meta>': 9_990,
  'gatekeeper-on-demand.js': 21_210,
  'gatekeeper-diagnosis.js': 3_880,
  'gatekeeper.js, with an interface': 9_785,
  'gatekeeper-interface.js': 5_275,
  'gatekeeper-preferences.js': 9_120,
  'gatekeeper-interface.js, DSFR': 4_895,
  'gatekeeper-preferences.js, DSFR': 9_235,
  'what asks a new visitor': 15_050,
  'all that a page may load': 45_365,
};
export type Served = keyof typeof LIMITS;
export const served = Object.keys(LIMITS) as Served[];

export interface Size {
  bytes: number;
  limit: number;
}

/** What a site serves its visitors, of the built package. */
export async function measureServed(): Promise<Record<Served, Size>> {
  const plain = await bytesOf(EMPTY);
  const meta = await bytesOf(WITH_META_LOCK);
  const own = await bytesOf(EMPTY, 'own');
  const dsfr = await bytesOf(EMPTY, 'dsfr');
  const asking = own['gatekeeper.js'] + own['gatekeeper-interface.js'];
  const bytes: Record<Served, number> = {
    'gatekeeper.js': plain['gatekeeper.js'],
    'gatekeeper-sw.js': plain['gatekeeper-sw.js'],
    'gatekeeper-sw.js, lock in a <meta>': meta['gatekeeper-sw.js'],
    'gatekeeper-on-demand.js': own['gatekeeper-on-demand.js'],
    'gatekeeper-diagnosis.js': own['gatekeeper-diagnosis.js'],
    'gatekeeper.js, with an interface': own['gatekeeper.js'],
    'gatekeeper-interface.js': own['gatekeeper-interface.js'],
    'gatekeeper-preferences.js': own['gatekeeper-preferences.js'],
    'gatekeeper-interface.js, DSFR': dsfr['gatekeeper-interface.js'],
    'gatekeeper-preferences.js, DSFR': dsfr['gatekeeper-preferences.js'],
    'what asks a new visitor': asking,
    'all that a page may load': asking + own['gatekeeper-preferences.js'] + own['gatekeeper-on-demand.js'],
  };
  return Object.fromEntries(served.map((name) => [name, { bytes: bytes[name], limit: LIMITS[name] }])) as Record<
    Served,
    Size
  >;
}

/** A line each, for a terminal. */
export function tableOf(sizes: Record<Served, Size>): string {
  const line = (name: string, bytes: string, limit: string) =>
    `${name.padEnd(36)}${bytes.padStart(7)}${limit.padStart(7)}`;
  return [
    line('brotli, bytes', 'size', 'limit'),
    ...served.map((name) => line(name, String(sizes[name].bytes), String(sizes[name].limit))),
  ].join('\n');
}

async function bytesOf(...built: Parameters<typeof buildFiles>) {
  const { text } = await buildFiles(...built);
  const sizes = Object.entries(text).map(([name, file]) => [name, brotliCompressSync(file).length]);
  return Object.fromEntries(sizes) as Record<keyof typeof text, number>;
}
