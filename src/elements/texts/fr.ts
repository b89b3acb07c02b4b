import type { PageTexts, Texts } from './texts';

export const fr: Texts = {
  bannerTitle: 'À propos des cookies sur {site}',
  bannerText:
    'Nous utilisons des cookies et des contenus provenant de tiers. Les finalités qui requièrent votre consentement sont indiquées ci-dessous : rien n’est chargé à ces fins sans votre accord. Vous pouvez changer d’avis à tout moment.',
  bannerNew:
    'Les services utilisés par ce site ont changé. Seules les nouveautés, indiquées ci-dessous avec leurs finalités, sont soumises à votre accord ; vos autres choix restent inchangés.',
  acceptAll: 'Tout accepter',
  refuseAll: 'Tout refuser',
  customise: 'Personnaliser',
  accept: 'Accepter',
  refuse: 'Refuser',
  policyLink: 'Politique relative aux cookies',
  policyUrl: '',

  preferencesTitle: 'Gérer mes cookies',
  preferencesText: 'Choisissez ce que vous acceptez. Le site reste utilisable, quoi que vous refusiez.',
  all: 'Préférences pour tous les services',
  save: 'Confirmer mes choix',
  close: 'Fermer',
  always: 'Toujours actifs : aucun consentement n’est requis',
  exempt: 'Statistiques anonymes : actives, sauf si vous vous y opposez',
  object: 'Je m’y oppose',
  more: 'Voir plus de détails',
  details: 'Cookies et durées de conservation',
  noCookies: 'Aucun cookie',
  notStated: 'Non renseigné',
  withdrawn: 'Votre consentement a été retiré.',
  failed: 'Votre choix n’a pas pu être enregistré. Veuillez réessayer.',

  placeholderTitle: 'Contenu bloqué : {service}',
  placeholderText:
    'Ce contenu est fourni par {provider}, qui recevra des données vous concernant dès que vous l’aurez autorisé : une seule fois, pour cette page, ou toujours, pour l’ensemble du site, jusqu’à ce que vous retiriez votre consentement.',
  placeholderUndeclared:
    'Ce contenu provient de {host}, que la politique relative aux cookies de ce site ne mentionne pas. Il ne peut donc pas être autorisé.',
  allow: 'Toujours autoriser « {service} »',
  allowOnce: 'Autoriser une fois « {service} »',
  allowed:
    'Ce que vous avez autorisé s’affichera quand la page sera rechargée. Ce que vous y avez saisi peut alors être perdu.',
  loadAgain: 'Recharger la page',
  cannot: 'Ce que vous avez autorisé ne peut pas être affiché sur cette page dans ce navigateur.',
  openAt: 'L’ouvrir sur {host}',

  columnProvider: 'Nom du fournisseur de service',
  columnLocation: 'Fonction et emplacement',
  columnCookies: 'Nom du ou des cookies',
  columnPurposes: 'Finalités',
  columnLifetime: 'Durée de conservation',

  'purpose-necessary': 'Nécessaires',
  'purpose-necessary-text':
    'Les cookies internes « nécessaires » permettent de conserver des informations entre deux visites d’un même site depuis un même appareil. Ils peuvent enregistrer un panier d’achat, des informations de connexion ou des préférences d’interface. Ils ne requièrent pas le consentement de l’utilisateur.',
  'purpose-statistics': 'Statistiques',
  'purpose-statistics-text':
    'Les cookies « statistiques » permettent de suivre les actions d’un internaute sur un site web. Lorsque les statistiques sont anonymisées (c’est-à-dire qu’elles ne permettent pas de remonter à une personne), le consentement de l’utilisateur n’est pas requis.',
  'purpose-first-party': 'Internes ou « first-party »',
  'purpose-first-party-text':
    'Les cookies « internes » ou « first-party » sont déposés par le site visité. Ils peuvent être déposés en plus des cookies nécessaires et être utilisés pour collecter des données personnelles, pour suivre le comportement de l’utilisateur et à des fins publicitaires.',
  'purpose-third-party': 'Tiers ou « third-party »',
  'purpose-third-party-text':
    'Les cookies « tiers » ou « third-party » sont déposés par (ou pour) un site B (souvent une régie publicitaire) sur un site A. Ils permettent au site B de savoir quelles pages l’utilisateur a visitées sur le site A et de collecter des informations à son sujet.',
};

export const frPage: PageTexts = {
  pageTitle: 'Politique relative aux cookies',
  pageIntro:
    'Pour vous offrir le meilleur service possible, nous utilisons des cookies afin d’en assurer le bon fonctionnement et de réaliser des mesures d’audience.',
  pageWhatTitle: 'Qu’est-ce qu’un cookie ?',
  pageWhat:
    'Un cookie est une donnée, généralement de petite taille et identifiée par un nom, qui peut être envoyée à votre navigateur par un site web que vous consultez. Votre navigateur la conserve pendant une certaine durée et la renvoie au serveur web à chacune de vos nouvelles visites. Les cookies ont de multiples usages : ils peuvent servir à mémoriser vos identifiants de client auprès d’une boutique en ligne, le contenu actuel de votre panier d’achat, un identifiant permettant de suivre votre navigation à des fins statistiques ou publicitaires, etc.',
  pageKinds: 'Il existe plusieurs types de cookies :',
  pageUsed: 'Les cookies utilisés sur cette plateforme',
  pageNecessary: 'Cookies nécessaires au bon fonctionnement de la plateforme (cookies de fonctionnalité)',
};
