import { packageFile } from '../site/files-of-packages';
import type { Peer, PeerSetting } from './peer';

const FILES = [
  'tarteaucitron.min.js',
  'tarteaucitron.services.min.js',
  'css/tarteaucitron.min.css',
  'lang/tarteaucitron.en.min.js',
];

/** The options of its README. */
const OPTIONS = {
  privacyUrl: '',
  bodyPosition: 'bottom',
  hashtag: '#tarteaucitron',
  cookieName: 'tarteaucitron',
  orientation: 'middle',
  groupServices: false,
  showDetailsOnClick: true,
  serviceDefaultState: 'wait',
  showAlertSmall: false,
  showTitleBanner: false,
  cookieslistEmbed: false,
  cookieslist: false,
  showIcon: true,
  iconPosition: 'BottomRight',
  adblocker: false,
  DenyAllCta: true,
  AcceptAllCta: true,
  highPrivacy: true,
  alwaysNeedConsent: false,
  handleBrowserDNTRequest: false,
  removeCredit: false,
  moreInfoLink: true,
  useExternalCss: false,
  useExternalJs: false,
  readmoreLink: '',
  mandatory: true,
  mandatoryCta: true,
  googleConsentMode: true,
  bingConsentMode: true,
  pianoConsentMode: true,
  pianoConsentModeEssential: false,
  softConsentMode: false,
  dataLayer: false,
  serverSide: false,
  partnersList: false,
};

/** @see https://github.com/AmauriC/tarteaucitron.js#how-to-use, and "Create custom service" there */
export function tarteaucitron({ declared }: PeerSetting): Peer {
  const services = declared.map(
    ({ service, url }) => `tarteaucitron.services[${JSON.stringify(service)}] = {
  key: ${JSON.stringify(service)}, type: 'other', name: ${JSON.stringify(service)}, needConsent: true, cookies: [],
  js: function () { tarteaucitron.addScript(${JSON.stringify(url)}); },
};
(tarteaucitron.job = tarteaucitron.job || []).push(${JSON.stringify(service)});`,
  );
  return {
    name: 'tarteaucitron',
    files: Object.fromEntries(FILES.map((name) => [`/tarteaucitron/${name}`, packageFile(`tarteaucitronjs/${name}`)])),
    head: `<script src="/tarteaucitron/tarteaucitron.min.js"></script>
<script>var tarteaucitronForceLanguage = 'en'; tarteaucitron.init(${JSON.stringify(OPTIONS)});</script>`,
    body: `<script>${services.join('\n')}</script>`,
    banner: '#tarteaucitronAlertBig',
  };
}

/** On a page in the French State's design system. */
export function tarteaucitronDsfr(setting: PeerSetting): Peer {
  return { ...tarteaucitron(setting), name: 'tarteaucitron, DSFR' };
}
