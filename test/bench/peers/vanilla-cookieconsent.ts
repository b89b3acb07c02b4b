import { file, packageFile } from '../site/files-of-packages';
import type { Peer, PeerSetting } from './peer';

/** @see https://cookieconsent.orestbida.com/essential/getting-started.html */
export function vanillaCookieConsent({ declared }: PeerSetting): Peer {
  const categories = Object.fromEntries(declared.map(({ service }) => [service, {}]));
  const config = {
    // It takes the browser that measures for one.
    hideFromBots: false,
    categories: { necessary: { enabled: true, readOnly: true }, ...categories },
    language: {
      default: 'en',
      translations: {
        en: {
          consentModal: {
            title: 'We use cookies',
            description: 'This site uses services of others.',
            acceptAllBtn: 'Accept all',
            acceptNecessaryBtn: 'Reject all',
            showPreferencesBtn: 'Manage preferences',
          },
          preferencesModal: {
            title: 'Preferences',
            acceptAllBtn: 'Accept all',
            acceptNecessaryBtn: 'Reject all',
            savePreferencesBtn: 'Save',
            closeIconLabel: 'Close',
            sections: declared.map(({ service }) => ({ title: service, linkedCategory: service })),
          },
        },
      },
    },
  };
  return {
    name: 'vanilla-cookieconsent',
    files: {
      '/cookieconsent.css': packageFile('vanilla-cookieconsent/dist/cookieconsent.css'),
      '/cookieconsent.umd.js': packageFile('vanilla-cookieconsent/dist/cookieconsent.umd.js'),
      '/cookieconsent-config.js': file(
        'config.js',
        `import './cookieconsent.umd.js';\nCookieConsent.run(${JSON.stringify(config)});`,
      ),
    },
    head: '<link rel="stylesheet" href="/cookieconsent.css"><script type="module" src="/cookieconsent-config.js"></script>',
    declared: ({ service, url }) => `<script type="text/plain" data-category="${service}" src="${url}"></script>`,
    banner: '#cc-main .cm',
  };
}
