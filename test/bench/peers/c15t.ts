import { fileURLToPath } from 'node:url';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { file } from '../site/files-of-packages';
import type { Peer, PeerSetting } from './peer';

const ENTRY = fileURLToPath(new URL('c15t-page.js', import.meta.url));

/**
 * The core package, with the banner that its documentation builds, as a bundler makes one file of both; without the backend that
 * it may have.
 * @see https://c15t.com/docs/frameworks/javascript/building-ui
 */
export async function c15t({ declared, origins }: PeerSetting): Promise<Peer> {
  const scripts = declared.map(({ service, url }) => ({ id: service, src: url, category: 'measurement' }));
  const rules = origins.map((origin, i) => ({
    id: `rule-${i}`,
    domain: new URL(origin).hostname,
    category: 'measurement',
  }));
  return {
    name: 'c15t',
    files: { '/consent.js': file('consent.js', await bundle()) },
    head: `<script>window.consentOptions = ${JSON.stringify({ scripts, networkBlocker: { rules } })};</script>
<script type="module" src="/consent.js"></script>`,
    banner: '#consent-banner',
  };
}

async function bundle(): Promise<string> {
  const bundled = await rollup({
    input: ENTRY,
    plugins: [nodeResolve({ browser: true })],
    onwarn: () => {},
  });
  const { output } = await bundled.generate({ format: 'es', inlineDynamicImports: true, plugins: [terser()] });
  await bundled.close();
  return output[0].code;
}
