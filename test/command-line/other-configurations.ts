/** Configurations of other consent managers, as sites have them. */

export const KLARO = `// The configuration of https://data.example.fr/
const GTM_ID = 'GTM-1';
var klaroConfig = {
  version: 1,
  elementID: 'klaro',
  cookieName: 'klaro',
  cookieDomain: '.example.fr',
  mustConsent: false,
  acceptAll: true,
  translations: {
    zz: { privacyPolicyUrl: '/privacy' },
    en: {
      decline: 'No, thanks',
      consentNotice: { description: 'Could we enable {purposes}?' },
      consentModal: { title: '<u>Your</u> choices' },
      matomo: { description: 'Collecting of visitor statistics' },
      purposes: { analytics: 'Analytics', livechat: { title: 'Live chat', description: 'Help at once.' } },
    },
    fr: {
      decline: 'Non merci',
      matomo: { description: 'Statistiques de visites' },
      purposes: { analytics: 'Statistiques', livechat: 'Discussion' },
    },
  },
  services: [
    {
      name: 'matomo',
      title: 'Matomo/Piwik',
      purposes: ['analytics'],
      cookies: [
        [/^_pk_.*$/, '/', 'data.example.fr'],
        [/^_pk_.*$/, '/', 'localhost'],
        'piwik_ignore',
        '^mtm_',
        /^(?=_x)[ab]{2}$/,
        ['stats', '/map'],
      ],
      callback: function (consent, service) {
        console.log(consent);
      },
    },
    { name: 'intercom', title: 'Intercom', default: true, purposes: ['livechat', 'analytics'], cookies: ['_ic_' + GTM_ID] },
    { name: 'surveyBox', title: 'Survey box', purposes: ['styling'] },
    { name: 'session', title: 'Session', purposes: ['functional'], required: true, cookies: ['PHPSESSID'] },
  ],
};
`;

export const OREJIME = `<!doctype html>
<html lang="fr">
<head>
<script type="application/ld+json">{ "@context": "https://schema.org" }</script>
<script>
  window.orejimeConfig = {
    privacyPolicyUrl: '/confidentialite',
    cookie: { name: 'orejime', duration: 180, stringify: (contents) => JSON.stringify(contents) },
    purposes: [
      { id: 'google-analytics', title: 'Google Analytics', cookies: ['_ga', '/^_gat_.+$/i', new RegExp('^_ga_[A-Z0-9]+$'), '_gat_' + GTM_UA] },
      { id: 'charge', title: 'Répartition de charge', isMandatory: true, cookies: [['lb', '/', location.hostname]] },
      { id: 'medias', title: 'Médias', description: 'Vidéos et cartes.', purposes: [
        { id: 'youtube', title: 'YouTube' },
        { id: 'carte-locale', title: 'Carte', isExempt: true, cookies: ['carte'] },
      ] },
    ],
  }
</script>
</head>
<body><script src="/orejime-dsfr-fr.js"></script></body>
</html>
`;

export const VANILLA = `import * as CookieConsent from 'vanilla-cookieconsent';

const CAT_ANALYTICS = 'analytics';

CookieConsent.run({
  revision: 1,
  guiOptions: { consentModal: { layout: 'box wide' } },
  onConsent: ({ cookie }) => console.log(cookie),
  categories: {
    necessary: { enabled: true, readOnly: true },
    [CAT_ANALYTICS]: {
      enabled: false,
      autoClear: { cookies: [{ name: /^_ga/ }, { name: '_gid' }, { name: 'own_counter' }] },
    },
    ads: {
      services: {
        facebookPixel: { label: '<b>Facebook</b> Pixel', onAccept: () => load(), cookies: [{ name: '_fbp' }] },
        adNetwork: { label: 'Ad network', cookies: [{ name: /^(adn_a|adn_b)$/ }] },
      },
    },
  },
  language: {
    default: 'en',
    translations: {
      en: {
        consentModal: {
          title: 'We use cookies',
          description: 'Read the <a href="/privacy">policy</a>.',
          acceptAllBtn: 'Accept all',
          acceptNecessaryBtn: 'Reject all',
        },
        preferencesModal: {
          title: 'Manage cookie preferences',
          savePreferencesBtn: 'Accept current selection',
          sections: [
            { title: 'Strictly necessary', linkedCategory: 'necessary', cookieTable: {
              headers: { name: 'Name', desc: 'Description' }, body: [{ name: 'PHPSESSID', desc: 'Keeps you logged in' }] } },
            { title: 'Performance', description: 'They count.', linkedCategory: 'analytics', cookieTable: {
              headers: { name: 'Name', desc: 'Description', expiration: 'Expiration' },
              body: [{ name: 'own_counter', desc: 'Counts visits', expiration: '1 year' }] } },
            { title: 'Advertisement', description: 'They show you ads.', linkedCategory: 'ads' },
          ],
        },
      },
      fr: '/locales/fr.json',
      de: () => fetch('/de.json'),
    },
  },
});
`;

export const TARTEAUCITRON = `
tarteaucitron.init({
  "privacyUrl": "/confidentialite", /* Privacy policy url */
  "hashtag": "#tarteaucitron",
  "cookieDomain": ".example.fr",
  "highPrivacy": true
});
tarteaucitron.services.enquete = {
  "key": "enquete",
  "type": "other",
  "name": "Enquête",
  "uri": "https://enquete.example/privacy",
  "needConsent": true,
  "cookies": ['enquete_id', 'enquete_step'],
  "js": function () { "use strict"; load(); },
};
tarteaucitron.user.gtagUa = 'G-XXXXXXXXXX';
tarteaucitron.user.gtagMore = function () { /* more */ };
(tarteaucitron.job = tarteaucitron.job || []).push('gtag');
tarteaucitron.user.matomoId = 3;
tarteaucitron.user.matomoHost = '//stats.example.org/matomo/';
(tarteaucitron.job = tarteaucitron.job || []).push('matomo');
(window.tarteaucitron.job = window.tarteaucitron.job || []).push("youtube");
(tarteaucitron.job = tarteaucitron.job || []).push('facebookpixel', 'enquete');
(tarteaucitron.job = tarteaucitron.job || []).push('zzzunknown');
(tarteaucitron.job = tarteaucitron.job || []).push(chosen);
`;
