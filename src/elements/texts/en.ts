import type { PURPOSES } from '../../compiled-policy/literals';

type Purpose = (typeof PURPOSES)[number];
/** What each purpose is called, and its explanation. */
type PurposeTexts = Record<`purpose-${Purpose}` | `purpose-${Purpose}-text`, string>;

/** What visitors read, in English. `{…}` is replaced by what its name says. */
export const en = {
  bannerTitle: 'Cookies on {site}',
  bannerText:
    'With your consent, we use cookies and content from other companies for the purposes below. Nothing is loaded before, and you can change your mind at any time.',
  bannerNew:
    'Some services are new or have changed, for the purposes below. We ask only about these; your other choices stay as they are.',
  acceptAll: 'Accept all',
  refuseAll: 'Refuse all',
  customise: 'Customise',
  accept: 'Accept',
  refuse: 'Refuse',
  policyLink: 'Cookies policy',
  policyUrl: '',

  preferencesTitle: 'Manage my cookies',
  preferencesText: 'Choose what you agree to. The site stays usable, whatever you refuse.',
  all: 'Preferences for all services',
  count: 'Services: {count}',
  search: 'Search services',
  foundNone: 'No service matches.',
  save: 'Confirm my choices',
  close: 'Close',
  always: 'Always on',
  exempt: 'Anonymous statistics: on unless you object',
  object: 'I object',
  receipt: 'Download the proof of my choice',
  more: 'Show more details',
  details: 'Cookies and data processing',
  noCookies: 'No cookies',
  notStated: 'Not stated',
  withdrawn: 'Your consent has been withdrawn.',
  failed: 'Your choice could not be recorded. Please try again.',
  notLoaded: 'This could not be loaded. Please try again.',

  placeholderTitle: 'Blocked: {service}',
  placeholderText: '{provider} receives data about you if you allow this.',
  placeholderUndeclared: 'The cookies policy of this site does not name {host}, so it cannot be allowed.',
  placeholderDetails: 'Once is for this page only. Always is for the whole site, until you withdraw your consent.',
  placeholderMore: 'Details',
  allow: 'Always allow',
  allowOnce: 'Allow once',
  allowed:
    'What you have allowed comes when this page is loaded again. Passwords, files and formatted text may be lost then.',
  loadAgain: 'Load the page again',
  cannot: 'This browser cannot show here what you have allowed.',
  openAt: 'Open it at {host}',

  columnProvider: "Service provider's name",
  columnLocation: 'Function and location',
  columnCookies: 'Cookie name(s)',
  columnPurposes: 'Purposes',
  columnLifetime: 'Lifetime',
  factsTitle: 'Processing of personal data',
  factPrivacy: 'Privacy policy',
  factCountry: 'Country of processing',
  factTransfer: 'Transfer outside the EU',
  factBasis: 'Legal basis',
  factRetention: 'Data kept for',
  factControllers: 'Joint controllers',

  'purpose-necessary': 'Necessary for the site',
  'purpose-necessary-text':
    'The site does not work without them. They keep you logged in, and remember your language and what you have chosen here. They need no consent.',
  'purpose-statistics': 'Visitor statistics',
  'purpose-statistics-text':
    'They count visits and show which pages are read, so that the site can be improved. Statistics that cannot be traced back to a person need no consent.',
  'purpose-first-party': 'Personalisation',
  'purpose-first-party-text':
    'The site itself remembers what you do on it, to show you what suits you, which may be advertising.',
  'purpose-third-party': 'Videos and social media',
  'purpose-third-party-text':
    'Videos, maps, forms and posts that other companies provide. They learn that you are here, may recognise you on other sites, and may use that for advertising.',
} satisfies Record<string, string> & PurposeTexts;

/** What only the policy page says, in English. */
export const enPage = {
  pageTitle: 'Cookies policy',
  pageIntro:
    'In order to provide you with the best service possible, we use cookies to ensure it functions properly, and to perform web analytics.',
  pageWhatTitle: 'What is a cookie?',
  pageWhat:
    'A cookie is a generally small piece of data identified by a name that may be sent to your browser by a website you are visiting. Your web browser will store it for a certain period of time, and will send it back to the web server each time you visit again. Cookies have many uses: they can be used to remember your customer log-in information for an online store, the current contents of your shopping cart, as an identifier for tracking your browsing for statistical or advertising purposes, etc.',
  pageKinds: 'Several types of cookies exist:',
  pageUsed: 'What cookies are used on this platform',
  pageNecessary: 'Cookies necessary for the platform to function properly/functionality cookies',
};
