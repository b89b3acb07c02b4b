import type { PageTexts, Texts } from './texts';

export const pt: Texts = {
  bannerTitle: 'Cookies em {site}',
  bannerText: 'Utilizamos cookies e conteúdos de terceiros. Nada que exija o seu consentimento é carregado antes de o dar. Pode mudar de opinião a qualquer momento.',
  bannerNew: 'Os serviços que este sítio utiliza mudaram. Perguntamos-lhe apenas sobre as novidades; as suas outras escolhas mantêm-se.',
  acceptAll: 'Aceitar tudo',
  refuseAll: 'Rejeitar tudo',
  customise: 'Personalizar',
  accept: 'Aceitar',
  refuse: 'Rejeitar',
  policyLink: 'Política de cookies',
  policyUrl: '',

  preferencesTitle: 'Gerir os meus cookies',
  preferencesText: 'Escolha o que aceita. O sítio continua utilizável, seja o que for que rejeite.',
  all: 'Preferências para todos os serviços',
  save: 'Confirmar as minhas escolhas',
  close: 'Fechar',
  always: 'Sempre ativos: não exigem consentimento',
  exempt: 'Estatísticas anónimas: ativas, salvo oposição sua',
  object: 'Oponho-me',
  more: 'Ver mais detalhes',
  details: 'Cookies e prazos de conservação',
  noCookies: 'Sem cookies',
  withdrawn: 'O seu consentimento foi retirado.',
  failed: 'Não foi possível registar a sua escolha. Tente novamente.',

  placeholderTitle: 'Conteúdo bloqueado: {service}',
  placeholderText: 'Este conteúdo é fornecido por {provider}, que receberá dados sobre si assim que o permitir: só desta vez, nesta página, ou sempre, em todo o sítio, até que retire a sua permissão.',
  placeholderUndeclared: 'Este conteúdo provém de {host}, que a política de cookies deste sítio não menciona. Por isso, não pode ser permitido.',
  allow: 'Permitir sempre {service}',
  allowOnce: 'Permitir uma vez',

  columnProvider: 'Nome do prestador do serviço',
  columnLocation: 'Função e localização',
  columnCookies: 'Nome dos cookies',
  columnPurposes: 'Finalidades',
  columnLifetime: 'Prazo de conservação',

  'purpose-necessary': 'Necessários',
  'purpose-necessary-text':
    'Os cookies internos «necessários» permitem guardar informações entre duas visitas ao mesmo sítio a partir do mesmo dispositivo. Podem guardar um carrinho de compras, dados de início de sessão ou preferências da interface. Não exigem o consentimento do utilizador.',
  'purpose-statistics': 'Estatísticos',
  'purpose-statistics-text':
    'Os cookies «estatísticos» permitem acompanhar as ações de um internauta num sítio. Quando as estatísticas são anonimizadas (ou seja, não podem ser associadas a uma pessoa), o consentimento do utilizador não é exigido.',
  'purpose-first-party': 'Internos ou próprios',
  'purpose-first-party-text':
    'Os cookies «internos» ou «próprios» são armazenados pelo sítio visitado. Podem ser armazenados além dos cookies necessários e utilizados para recolher dados pessoais, para acompanhar o comportamento do utilizador e para fins publicitários.',
  'purpose-third-party': 'De terceiros',
  'purpose-third-party-text':
    'Os cookies «de terceiros» são armazenados por um sítio B (muitas vezes uma agência de publicidade), ou para ele, num sítio A. Permitem ao sítio B saber que páginas o utilizador visitou no sítio A e recolher informações sobre ele.',
};

export const ptPage: PageTexts = {
  pageTitle: 'Política de cookies',
  pageIntro: 'Para lhe oferecer o melhor serviço possível, utilizamos cookies que asseguram o seu bom funcionamento e permitem analisar a utilização.',
  pageWhatTitle: 'O que é um cookie?',
  pageWhat:
    'Um cookie é um dado, geralmente pequeno e identificado por um nome, que um sítio que visita pode enviar para o seu navegador. O navegador conserva-o durante um certo período e devolve-o ao servidor Web em cada nova visita. Os cookies têm muitas utilizações: podem recordar os seus dados de cliente numa loja em linha ou o conteúdo atual do carrinho de compras, servir de identificador para acompanhar a sua navegação para fins estatísticos ou publicitários, etc.',
  pageKinds: 'Existem vários tipos de cookies:',
  pageUsed: 'Que cookies são utilizados nesta plataforma',
  pageNecessary: 'Cookies necessários ao bom funcionamento da plataforma (cookies de funcionalidade)',
};
