import type { PageTexts, Texts } from './texts';

export const fr: Texts = {
  bannerTitle: 'À propos des cookies sur {site}',
  bannerText: 'Nous utilisons des cookies et des contenus tiers. Rien de ce qui requiert votre consentement n’est chargé avant votre accord. Vous pouvez changer d’avis à tout moment.',
  bannerNew: 'Ce qu’utilise ce site a changé : nous vous interrogeons sur ce qui est nouveau. Vos autres choix restent inchangés.',
  acceptAll: 'Tout accepter',
  refuseAll: 'Tout refuser',
  customise: 'Personnaliser',
  accept: 'Accepter',
  refuse: 'Refuser',
  policyLink: 'Politique relative aux cookies',
  policyUrl: '',

  preferencesTitle: 'Gérer mes cookies',
  preferencesText: 'Choisissez ce que vous acceptez. Quoi que vous refusiez, le site reste utilisable.',
  all: 'Préférences pour tous les services',
  save: 'Confirmer mes choix',
  close: 'Fermer',
  always: 'Toujours actif : ne requiert pas de consentement',
  exempt: 'Anonymisé : actif sauf opposition de votre part',
  object: 'Je m’oppose',
  details: 'Cookies et durées de conservation',
  noCookies: 'Aucun cookie',
  withdrawn: 'Votre consentement a été retiré.',
  failed: 'Votre choix n’a pas pu être enregistré. Merci de réessayer.',

  placeholderTitle: 'Contenu bloqué : {service}',
  placeholderText: 'Ce contenu est fourni par {provider}, qui reçoit des données vous concernant dès que vous l’autorisez. Votre autorisation vaut pour tout le site, jusqu’à ce que vous la retiriez.',
  placeholderUndeclared: 'Ce contenu provient de {host}, que la politique relative aux cookies de ce site ne mentionne pas. Il ne peut pas être autorisé.',
  allow: 'Autoriser {service}',

  columnProvider: 'Nom du fournisseur',
  columnLocation: 'Fonction et emplacement',
  columnCookies: 'Nom du ou des cookies',
  columnPurposes: 'Finalités',
  columnLifetime: 'Durée de conservation',

  'purpose-necessary': 'Nécessaires',
  'purpose-necessary-text':
    'Les cookies internes « nécessaires » permettent de conserver des informations entre deux visites d’un même site depuis un même appareil. Ils peuvent enregistrer un panier d’achat, des informations de connexion ou des préférences d’affichage. Ils ne requièrent pas le consentement de l’utilisateur.',
  'purpose-statistics': 'Statistiques',
  'purpose-statistics-text':
    'Les cookies « statistiques » permettent de suivre les actions d’un internaute sur un site web. Lorsque les statistiques sont anonymisées (c’est-à-dire qu’elles ne permettent pas de remonter à une personne), le consentement de l’utilisateur n’est pas requis.',
  'purpose-first-party': 'Internes ou « first-party »',
  'purpose-first-party-text':
    'Les cookies « internes » ou « first-party » sont déposés par le site visité. Ils peuvent s’ajouter aux cookies nécessaires et servir à collecter des données personnelles, à suivre le comportement de l’utilisateur et à des finalités publicitaires.',
  'purpose-third-party': 'Tiers ou « third-party »',
  'purpose-third-party-text':
    'Les cookies « tiers » ou « third-party » sont déposés par (ou pour) un site B (souvent une régie publicitaire) sur un site A. Ils permettent au site B de savoir quelles pages l’utilisateur a visitées sur le site A et de collecter des informations à son sujet.',
};

export const frPage: PageTexts = {
  pageTitle: 'Politique relative aux cookies',
  pageIntro: 'Afin de vous offrir le meilleur service possible, nous utilisons des cookies pour en assurer le bon fonctionnement et pour réaliser des mesures d’audience.',
  pageWhatTitle: 'Qu’est-ce qu’un cookie ?',
  pageWhat:
    'Un cookie est une donnée, généralement de petite taille et identifiée par un nom, qui peut être envoyée à votre navigateur par un site web que vous consultez. Votre navigateur la conserve pendant une certaine durée et la renvoie au serveur web à chacune de vos nouvelles visites. Les cookies ont de multiples usages : ils peuvent servir à mémoriser vos identifiants de client auprès d’une boutique en ligne, le contenu courant de votre panier d’achat, ou encore d’identifiant permettant de suivre votre navigation à des fins statistiques ou publicitaires, etc.',
  pageKinds: 'Il existe plusieurs types de cookies :',
  pageUsed: 'Quels cookies sont utilisés sur cette plateforme',
  pageNecessary: 'Cookies nécessaires au bon fonctionnement de la plateforme / cookies de fonctionnalité',
};
