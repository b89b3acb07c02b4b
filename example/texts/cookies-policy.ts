import type { Language } from './language';

interface CookiesPolicyText {
  title: string;
  intro: string;
  whatTitle: string;
  what: string;
  typesIntro: string;
  types: string[];
  platformTitle: [before: string, after: string];
  necessaryTitle: string;
  columns: [provider: string, location: string, name: string, purpose: string];
}

/** The address that the policy was written for. */
export const PLATFORM = 'https://data.aide-developpement.gouv.fr';

/** The portal's cookies policy: the English words are the ministry's, the table's rows are in policy.json. */
export const cookiesPolicy: Record<Language, CookiesPolicyText> = {
  en: {
    title: 'Cookies policy',
    intro:
      'In order to provide you with the best service possible, we use cookies to ensure it functions properly, and to perform web analytics.',
    whatTitle: 'What is a cookie?',
    what: 'A cookie is a generally small piece of data identified by a name that may be sent to your browser by a website you are visiting. Your web browser will store it for a certain period of time, and will send it back to the web server each time you visit again. Cookies have many uses: they can be used to remember your customer log-in information for an online store, the current contents of your shopping cart, as an identifier for tracking your browsing for statistical or advertising purposes, etc.',
    typesIntro: 'Several types of cookies exist:',
    types: [
      '“Necessary” internal cookies allow information to be saved between two visits to the same website by the same device. They can save a shopping cart, log-in information, or interface preferences. They do not require the user’s consent.',
      "“Statistical” cookies make it possible to track an Internet user's actions on a website. When statistics are anonymized (meaning they cannot be traced back to a person), user consent is not required.",
      '“Internal” or “first-party” cookies are stored by the website visited. They can be stored in addition to the necessary cookies, and can be used to collect personal data, track user behavior, and for advertising purposes.',
      '“Third-party” cookies are cookies stored by (or for) a Website B (often an advertising agency) on Website A. This allows Website B to see what pages the user visited on Website A, and collect information about the user.',
    ],
    platformTitle: ['What cookies are used on the', 'platform'],
    necessaryTitle: 'Cookies necessary for the platform to function properly/functionality cookies',
    columns: ["Service provider's name", 'Function and location', 'Cookie name(s)', 'Purposes'],
  },
  fr: {
    title: 'Politique relative aux cookies',
    intro:
      'Afin de vous offrir le meilleur service possible, nous utilisons des cookies pour en assurer le bon fonctionnement et pour réaliser des mesures d’audience.',
    whatTitle: 'Qu’est-ce qu’un cookie ?',
    what: 'Un cookie est une donnée, généralement de petite taille et identifiée par un nom, qui peut être envoyée à votre navigateur par un site web que vous consultez. Votre navigateur la conserve pendant une certaine durée et la renvoie au serveur web à chacune de vos nouvelles visites. Les cookies ont de multiples usages : ils peuvent servir à mémoriser vos identifiants de client auprès d’une boutique en ligne, le contenu courant de votre panier d’achat, ou encore d’identifiant permettant de suivre votre navigation à des fins statistiques ou publicitaires, etc.',
    typesIntro: 'Il existe plusieurs types de cookies :',
    types: [
      'Les cookies internes « nécessaires » permettent de conserver des informations entre deux visites d’un même site depuis un même appareil. Ils peuvent enregistrer un panier d’achat, des informations de connexion ou des préférences d’affichage. Ils ne requièrent pas le consentement de l’utilisateur.',
      'Les cookies « statistiques » permettent de suivre les actions d’un internaute sur un site web. Lorsque les statistiques sont anonymisées (c’est-à-dire qu’elles ne permettent pas de remonter à une personne), le consentement de l’utilisateur n’est pas requis.',
      'Les cookies « internes » ou « first-party » sont déposés par le site visité. Ils peuvent s’ajouter aux cookies nécessaires et servir à collecter des données personnelles, à suivre le comportement de l’utilisateur et à des finalités publicitaires.',
      'Les cookies « tiers » ou « third-party » sont déposés par (ou pour) un site B (souvent une régie publicitaire) sur un site A. Ils permettent au site B de savoir quelles pages l’utilisateur a visitées sur le site A et de collecter des informations à son sujet.',
    ],
    platformTitle: ['Quels cookies sont utilisés sur la plateforme', ''],
    necessaryTitle: 'Cookies nécessaires au bon fonctionnement de la plateforme / cookies de fonctionnalité',
    columns: ['Nom du fournisseur', 'Fonction et emplacement', 'Nom du ou des cookies', 'Finalités'],
  },
};
