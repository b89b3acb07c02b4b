import type { PageTexts, Texts } from './texts';

export const fr: Texts = {
  bannerTitle: 'Cookies sur {site}',
  bannerText:
    'Avec votre accord, nous utilisons des cookies et des contenus d’autres sociétés pour les finalités ci-dessous. Rien n’est chargé avant, et vous pouvez changer d’avis à tout moment.',
  bannerNew:
    'Certains services sont nouveaux ou ont changé, pour les finalités ci-dessous. Seuls ceux-ci sont soumis à votre accord ; vos autres choix restent inchangés.',
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
  count: 'Services : {count}',
  search: 'Rechercher un service',
  foundNone: 'Aucun service ne correspond.',
  save: 'Confirmer mes choix',
  close: 'Fermer',
  always: 'Toujours actifs',
  exempt: 'Statistiques anonymes : actives, sauf si vous vous y opposez',
  object: 'Je m’y oppose',
  receipt: 'Télécharger la preuve de mon choix',
  more: 'Voir plus de détails',
  details: 'Cookies et traitement des données',
  noCookies: 'Aucun cookie',
  notStated: 'Non renseigné',
  withdrawn: 'Votre consentement a été retiré.',
  failed: 'Votre choix n’a pas pu être enregistré. Veuillez réessayer.',
  notLoaded: 'Le chargement a échoué. Veuillez réessayer.',

  placeholderTitle: 'Bloqué : {service}',
  placeholderText: '{provider} reçoit des données vous concernant si vous l’autorisez.',
  placeholderUndeclared:
    'La politique relative aux cookies de ce site ne mentionne pas {host} : ce contenu ne peut donc pas être autorisé.',
  placeholderDetails:
    'Une fois vaut pour cette page seulement. Toujours vaut pour l’ensemble du site, jusqu’à ce que vous retiriez votre consentement.',
  placeholderMore: 'Détails',
  allow: 'Toujours autoriser',
  allowOnce: 'Autoriser une fois',
  allowed:
    'Ce que vous avez autorisé s’affichera quand la page sera rechargée. Mots de passe, fichiers et textes mis en forme peuvent alors être perdus.',
  loadAgain: 'Recharger la page',
  cannot: 'Ce navigateur ne peut pas afficher ici ce que vous avez autorisé.',
  openAt: 'L’ouvrir sur {host}',

  columnProvider: 'Nom du fournisseur de service',
  columnLocation: 'Fonction et emplacement',
  columnCookies: 'Nom du ou des cookies',
  columnPurposes: 'Finalités',
  columnLifetime: 'Durée de conservation',
  factsTitle: 'Traitement des données personnelles',
  factPrivacy: 'Politique de confidentialité',
  factCountry: 'Pays de traitement',
  factTransfer: 'Transfert hors de l’UE',
  factBasis: 'Base légale',
  factRetention: 'Conservation des données',
  factControllers: 'Responsables conjoints',

  'purpose-necessary': 'Nécessaires au site',
  'purpose-necessary-text':
    'Le site ne fonctionne pas sans eux. Ils conservent votre connexion, votre langue et ce que vous avez choisi ici. Ils ne requièrent pas de consentement.',
  'purpose-statistics': 'Mesure d’audience',
  'purpose-statistics-text':
    'Ils comptent les visites et montrent quelles pages sont lues, pour améliorer le site. Les statistiques qui ne permettent pas de remonter à une personne ne requièrent pas de consentement.',
  'purpose-first-party': 'Personnalisation',
  'purpose-first-party-text':
    'Le site lui-même retient ce que vous y faites, pour vous montrer ce qui vous convient, y compris de la publicité.',
  'purpose-third-party': 'Vidéos et réseaux sociaux',
  'purpose-third-party-text':
    'Des vidéos, cartes, formulaires et publications fournis par d’autres sociétés. Elles apprennent que vous êtes ici, peuvent vous reconnaître sur d’autres sites et s’en servir à des fins publicitaires.',
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
