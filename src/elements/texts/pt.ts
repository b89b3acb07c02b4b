import type { PageTexts, Texts } from './texts';

export const pt: Texts = {
  bannerTitle: 'Cookies em {site}',
  bannerText:
    'Com o seu consentimento, utilizamos cookies e conteúdos de outras empresas para as finalidades abaixo. Antes disso nada é carregado, e pode alterar as suas escolhas a qualquer momento.',
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
  count: 'Serviços: {count}',
  search: 'Procurar serviços',
  foundNone: 'Nenhum serviço corresponde.',
  save: 'Confirmar as minhas escolhas',
  close: 'Fechar',
  always: 'Sempre ativos',
  exempt: 'Estatísticas anónimas: ativas, a menos que se oponha',
  object: 'Oponho-me',
  receipt: 'Transferir o comprovativo da minha escolha',
  more: 'Ver mais detalhes',
  details: 'Cookies e tratamento de dados',
  noCookies: 'Sem cookies',
  notStated: 'Não indicado',
  withdrawn: 'O seu consentimento foi retirado.',
  failed: 'Não foi possível registar a sua escolha. Tente novamente.',
  notLoaded: 'Não foi possível carregar. Tente novamente.',

  placeholderTitle: 'Bloqueado: {service}',
  placeholderText: '{provider} recebe dados sobre si se o permitir.',
  placeholderUndeclared: 'A política de cookies deste site não menciona {host}; por isso, não pode ser permitido.',
  placeholderDetails:
    'Uma vez vale só para esta página. Sempre vale para todo o site, até retirar o seu consentimento.',
  placeholderMore: 'Detalhes',
  allow: 'Permitir sempre',
  allowOnce: 'Permitir uma vez',
  allowed:
    'O que autorizou aparece quando esta página for recarregada. Palavras-passe, ficheiros e textos formatados podem então perder-se.',
  loadAgain: 'Recarregar a página',
  cannot: 'O que autorizou não pode ser mostrado nesta página com este navegador.',
  openAt: 'Abrir em {host}',

  columnProvider: 'Nome do prestador do serviço',
  columnLocation: 'Função e localização',
  columnCookies: 'Nome dos cookies',
  columnPurposes: 'Finalidades',
  columnLifetime: 'Prazo de conservação',
  factsTitle: 'Tratamento de dados pessoais',
  factPrivacy: 'Política de privacidade',
  factCountry: 'País de tratamento',
  factTransfer: 'Transferência para fora da UE',
  factBasis: 'Fundamento jurídico',
  factRetention: 'Conservação dos dados',
  factControllers: 'Responsáveis conjuntos',

  'purpose-necessary': 'Necessários ao site',
  'purpose-necessary-text':
    'O site não funciona sem eles. Mantêm a sua sessão iniciada e memorizam o idioma e o que escolheu aqui. Não exigem consentimento.',
  'purpose-statistics': 'Estatísticas de visitas',
  'purpose-statistics-text':
    'Contam as visitas e mostram que páginas são lidas, para melhorar o site. As estatísticas que não podem ser associadas a uma pessoa não exigem consentimento.',
  'purpose-first-party': 'Personalização',
  'purpose-first-party-text':
    'O próprio site memoriza o que nele faz, para lhe mostrar o que lhe convém, o que pode incluir publicidade.',
  'purpose-third-party': 'Vídeos e redes sociais',
  'purpose-third-party-text':
    'Vídeos, mapas, formulários e publicações de outras empresas. Estas ficam a saber que está aqui, podem reconhecê-lo noutros sites e usar isso para fins publicitários.',
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
