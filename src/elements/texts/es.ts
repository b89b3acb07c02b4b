import type { PageTexts, Texts } from './texts';

export const es: Texts = {
  bannerTitle: 'Cookies en {site}',
  bannerText:
    'Utilizamos cookies y contenidos de terceros. Las finalidades que requieren su consentimiento se indican a continuación; no se carga nada para ellas antes de que usted lo dé. Puede cambiar de opinión en cualquier momento.',
  bannerNew:
    'Los servicios que utiliza este sitio han cambiado. Solo le preguntamos por las novedades, que se indican a continuación con sus finalidades; sus demás preferencias se mantienen.',
  acceptAll: 'Aceptar todo',
  refuseAll: 'Rechazar todo',
  customise: 'Personalizar',
  accept: 'Aceptar',
  refuse: 'Rechazar',
  policyLink: 'Política de cookies',
  policyUrl: '',

  preferencesTitle: 'Gestionar mis cookies',
  preferencesText: 'Elija lo que acepta. Podrá seguir utilizando el sitio, rechace lo que rechace.',
  all: 'Preferencias para todos los servicios',
  save: 'Confirmar mis preferencias',
  close: 'Cerrar',
  always: 'Siempre activas: no requieren consentimiento',
  exempt: 'Estadísticas anónimas: activas, salvo que usted se oponga',
  object: 'Me opongo',
  more: 'Ver más detalles',
  details: 'Cookies y plazos de conservación',
  noCookies: 'Sin cookies',
  notStated: 'Sin especificar',
  withdrawn: 'Se ha retirado su consentimiento.',
  failed: 'No se ha podido registrar su elección. Inténtelo de nuevo.',

  placeholderTitle: 'Contenido bloqueado: {service}',
  placeholderText:
    'Este contenido procede de {provider}, que recibirá datos sobre usted en cuanto usted lo permita: solo esta vez, en esta página, o siempre, en todo el sitio, hasta que retire su consentimiento.',
  placeholderUndeclared:
    'Este contenido procede de {host}, que la política de cookies de este sitio no menciona. Por ello, no se puede permitir.',
  allow: 'Permitir siempre {service}',
  allowOnce: 'Permitir {service} una vez',
  allowed:
    'Lo que ha permitido aparecerá al volver a cargar esta página. Lo que haya escrito en ella podría perderse entonces.',
  loadAgain: 'Volver a cargar la página',
  cannot: 'Lo que ha permitido no se puede mostrar en esta página con este navegador.',
  openAt: 'Abrirlo en {host}',

  columnProvider: 'Nombre del proveedor del servicio',
  columnLocation: 'Función y ubicación',
  columnCookies: 'Nombre de las cookies',
  columnPurposes: 'Finalidades',
  columnLifetime: 'Plazo de conservación',

  'purpose-necessary': 'Necesarias',
  'purpose-necessary-text':
    'Las cookies internas «necesarias» permiten guardar información entre dos visitas al mismo sitio web desde el mismo dispositivo. Pueden guardar un carrito de la compra, datos de inicio de sesión o preferencias de la interfaz. No requieren el consentimiento del usuario.',
  'purpose-statistics': 'Estadísticas',
  'purpose-statistics-text':
    'Las cookies «estadísticas» permiten seguir las acciones de un internauta en un sitio web. Cuando las estadísticas están anonimizadas (es decir, no pueden vincularse a una persona), no se requiere el consentimiento del usuario.',
  'purpose-first-party': 'Internas o propias',
  'purpose-first-party-text':
    'Las cookies «internas» o «propias» las almacena el sitio web visitado. Pueden almacenarse además de las cookies necesarias y utilizarse para recopilar datos personales, para seguir el comportamiento del usuario y con fines publicitarios.',
  'purpose-third-party': 'De terceros',
  'purpose-third-party-text':
    'Las cookies «de terceros» son almacenadas por (o para) un sitio web B (a menudo, una red publicitaria) en un sitio web A. Permiten al sitio B saber qué páginas ha visitado el usuario en el sitio A y recopilar información sobre él.',
};

export const esPage: PageTexts = {
  pageTitle: 'Política de cookies',
  pageIntro:
    'Para ofrecerle el mejor servicio posible, utilizamos cookies que garantizan su buen funcionamiento y permiten analizar la audiencia.',
  pageWhatTitle: '¿Qué es una cookie?',
  pageWhat:
    'Una cookie es un dato, por lo general pequeño e identificado por un nombre, que un sitio web que usted visita puede enviar a su navegador. Su navegador lo conserva durante cierto tiempo y lo devuelve al servidor web en cada nueva visita. Las cookies tienen muchos usos: pueden recordar sus datos de acceso a una tienda en línea o el contenido actual de su carrito de la compra, servir de identificador para seguir su navegación con fines estadísticos o publicitarios, etc.',
  pageKinds: 'Existen varios tipos de cookies:',
  pageUsed: 'Cookies utilizadas en esta plataforma',
  pageNecessary: 'Cookies necesarias para el buen funcionamiento de la plataforma (cookies de funcionalidad)',
};
