import { packageFile } from '../site/files-of-packages';
import type { DeclaredScript, Peer, PeerSetting } from './peer';

/** @see https://github.com/boscop-fr/orejime#getting-started */
export function orejime(setting: PeerSetting): Peer {
  return {
    name: 'orejime',
    files: {
      '/orejime.js': packageFile('orejime/dist/orejime-standard-en.js'),
      '/orejime.css': packageFile('orejime/dist/orejime-standard.css'),
    },
    head: `${configuration(setting)}<script src="/orejime.js"></script><link href="/orejime.css" rel="stylesheet">`,
    declared: template,
    banner: '.orejime-Banner',
  };
}

/** In the French State's design system, whose styles the site has. */
export function orejimeDsfr(setting: PeerSetting): Peer {
  return {
    name: 'orejime, DSFR',
    files: { '/orejime.js': packageFile('orejime/dist/orejime-dsfr-en.js') },
    head: `${configuration(setting)}<script src="/orejime.js"></script>`,
    declared: template,
    banner: '.fr-consent-banner',
  };
}

function configuration({ declared }: PeerSetting): string {
  const config = {
    privacyPolicyUrl: '/privacy',
    purposes: declared.map(({ service }) => ({ id: service, title: service, cookies: [] })),
  };
  return `<script>window.orejimeConfig = ${JSON.stringify(config)};</script>`;
}

function template({ service, url }: DeclaredScript): string {
  return `<template data-purpose="${service}"><script src="${url}"></script></template>`;
}
