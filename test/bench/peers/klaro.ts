import { file, packageFile } from '../site/files-of-packages';
import type { Peer, PeerSetting } from './peer';

/** @see https://klaro.org/docs/getting-started */
export function klaro({ declared }: PeerSetting): Peer {
  const config = {
    version: 1,
    elementID: 'klaro',
    acceptAll: true,
    lang: 'en',
    translations: { en: { privacyPolicyUrl: '/privacy', purposes: { third: 'Third parties' } } },
    services: declared.map(({ service }) => ({ name: service, title: service, purposes: ['third'] })),
  };
  return {
    name: 'klaro',
    files: {
      '/config.js': file('config.js', `var klaroConfig = ${JSON.stringify(config)};`),
      '/klaro.js': packageFile('klaro/dist/klaro.js'),
    },
    head: '<script defer src="/config.js"></script><script defer src="/klaro.js"></script>',
    declared: ({ service, url }) =>
      `<script type="text/plain" data-type="text/javascript" data-name="${service}" data-src="${url}"></script>`,
    banner: '.klaro .cookie-notice',
  };
}
