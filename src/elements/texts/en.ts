/** What visitors read, in English. `{…}` is replaced by what its name says. */
export const en = {
  bannerTitle: 'Cookies on {site}',
  bannerText:
    'We use cookies and third-party content. The purposes that need your consent are listed below; nothing is loaded for them before you agree. You can change your mind at any time.',
  bannerNew:
    'The services that this site uses have changed. We ask you only about what is new, listed below with its purposes; your other choices stay as they are.',
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
  save: 'Confirm my choices',
  close: 'Close',
  always: 'Always on: no consent is needed',
  exempt: 'Anonymous statistics: on unless you object',
  object: 'I object',
  more: 'Show more details',
  details: 'Cookies and how long they are kept',
  noCookies: 'No cookies',
  notStated: 'Not stated',
  withdrawn: 'Your consent has been withdrawn.',
  failed: 'Your choice could not be recorded. Please try again.',

  placeholderTitle: 'Blocked content: {service}',
  placeholderText:
    'This content comes from {provider}, which receives data about you as soon as you allow it: just this once, for this page, or always, for the whole site, until you withdraw your consent.',
  placeholderUndeclared:
    'This content comes from {host}, which this site’s cookies policy does not name. It therefore cannot be allowed.',
  allow: 'Always allow {service}',
  allowOnce: 'Allow {service} once',
  allowed: 'What you have allowed comes when this page is loaded again. What you have typed in it may be lost then.',
  loadAgain: 'Load the page again',
  cannot: 'What you have allowed cannot be shown on this page in this browser.',
  openAt: 'Open it at {host}',

  columnProvider: "Service provider's name",
  columnLocation: 'Function and location',
  columnCookies: 'Cookie name(s)',
  columnPurposes: 'Purposes',
  columnLifetime: 'Lifetime',

  'purpose-necessary': 'Necessary',
  'purpose-necessary-text':
    '“Necessary” internal cookies allow information to be saved between two visits to the same website by the same device. They can save a shopping cart, log-in information, or interface preferences. They do not require the user’s consent.',
  'purpose-statistics': 'Statistical',
  'purpose-statistics-text':
    "“Statistical” cookies make it possible to track an Internet user's actions on a website. When statistics are anonymized (meaning they cannot be traced back to a person), user consent is not required.",
  'purpose-first-party': 'Internal or first-party',
  'purpose-first-party-text':
    '“Internal” or “first-party” cookies are stored by the website visited. They can be stored in addition to the necessary cookies, and can be used to collect personal data, track user behavior, and for advertising purposes.',
  'purpose-third-party': 'Third-party',
  'purpose-third-party-text':
    '“Third-party” cookies are cookies stored by (or for) a Website B (often an advertising agency) on Website A. This allows Website B to see what pages the user visited on Website A, and collect information about the user.',
};

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
