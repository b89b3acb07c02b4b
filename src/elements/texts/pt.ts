import type { PageTexts, Texts } from './texts';

export const pt: Texts = {
  bannerTitle: 'Cookies em {site}',
  bannerText:
    'Utilizamos cookies e conteúdos de terceiros. As finalidades que exigem o seu consentimento são indicadas abaixo; nada é carregado para esse efeito sem que o tenha dado. Pode alterar as suas escolhas a qualquer momento.',
  bannerNew:
    'Os serviços que este site utiliza mudaram. Só lhe pedimos que se pronuncie sobre as novidades, indicadas abaixo com as respetivas finalidades; as suas outras escolhas mantêm-se.',
  acceptAll: 'Aceitar tudo',
  refuseAll: 'Recusar tudo',
  customise: 'Personalizar',
  accept: 'Aceitar',
  refuse: 'Recusar',
  policyLink: 'Política de cookies',
  policyUrl: '',

  preferencesTitle: 'Gerir os meus cookies',
  preferencesText: 'Escolha o que aceita. O site continua utilizável, independentemente do que recusar.',
  all: 'Preferências para todos os serviços',
  save: 'Confirmar as minhas escolhas',
  close: 'Fechar',
  always: 'Sempre ativos: não exigem consentimento',
  exempt: 'Estatísticas anónimas: ativas, a menos que se oponha',
  object: 'Oponho-me',
  more: 'Ver mais detalhes',
  details: 'Cookies e prazos de conservação',
  noCookies: 'Sem cookies',
  notStated: 'Não indicado',
  withdrawn: 'O seu consentimento foi retirado.',
  failed: 'Não foi possível registar a sua escolha. Tente novamente.',

  placeholderTitle: 'Conteúdo bloqueado: {service}',
  placeholderText:
    'Este conteúdo é fornecido por {provider}, que receberá dados sobre si assim que o permitir: só desta vez, nesta página, ou sempre, em todo o site, até retirar o seu consentimento.',
  placeholderUndeclared:
    'Este conteúdo provém de {host}, que a política de cookies deste site não menciona. Por isso, não pode ser permitido.',
  allow: 'Permitir sempre {service}',
  allowOnce: 'Permitir {service} uma vez',
  allowed: 'O que autorizou aparece quando esta página for recarregada. O que nela escreveu pode então perder-se.',
  loadAgain: 'Recarregar a página',
  cannot: 'O que autorizou não pode ser mostrado nesta página com este navegador.',
  openAt: 'Abrir em {host}',

  columnProvider: 'Nome do prestador do serviço',
  columnLocation: 'Função e localização',
  columnCookies: 'Nome dos cookies',
  columnPurposes: 'Finalidades',
  columnLifetime: 'Prazo de conservação',

  'purpose-necessary': 'Necessários',
  'purpose-necessary-text':
    'Os cookies internos «necessários» permitem guardar informações entre duas visitas ao mesmo site a partir do mesmo dispositivo. Podem guardar um carrinho de compras, dados de início de sessão ou preferências da interface. Não exigem o consentimento do utilizador.',
  'purpose-statistics': 'Estatísticos',
  'purpose-statistics-text':
    'Os cookies «estatísticos» permitem seguir as ações de um internauta num site. Quando as estatísticas são anonimizadas (ou seja, não podem ser associadas a uma pessoa), o consentimento do utilizador não é exigido.',
  'purpose-first-party': 'Internos ou próprios',
  'purpose-first-party-text':
    'Os cookies «internos» ou «próprios» são armazenados pelo site visitado. Podem ser armazenados além dos cookies necessários e utilizados para recolher dados pessoais, para seguir o comportamento do utilizador e para fins publicitários.',
  'purpose-third-party': 'De terceiros',
  'purpose-third-party-text':
    'Os cookies «de terceiros» são armazenados por (ou para) um site B (muitas vezes uma rede de publicidade) num site A. Permitem ao site B saber que páginas o utilizador visitou no site A e recolher informações sobre ele.',
};

export const ptPage: PageTexts = {
  pageTitle: 'Política de cookies',
  pageIntro:
    'Para lhe oferecer o melhor serviço possível, utilizamos cookies que asseguram o seu bom funcionamento e permitem analisar a sua utilização.',
  pageWhatTitle: 'O que é um cookie?',
  pageWhat:
    'Um cookie é um dado, geralmente pequeno e identificado por um nome, que um site visitado pode enviar para o seu navegador. O navegador conserva-o durante um certo período e devolve-o ao servidor Web em cada nova visita. Os cookies têm muitas utilizações: podem memorizar os seus dados de acesso a uma loja online ou o conteúdo atual do carrinho de compras, servir de identificador para seguir a sua navegação para fins estatísticos ou publicitários, etc.',
  pageKinds: 'Existem vários tipos de cookies:',
  pageUsed: 'Cookies utilizados nesta plataforma',
  pageNecessary: 'Cookies necessários ao bom funcionamento da plataforma (cookies de funcionalidade)',
};
