import type { PageTexts, Texts } from './texts';

export const es: Texts = {
  bannerTitle: 'Cookies en {site}',
  bannerText: 'Utilizamos cookies y contenidos de terceros. Nada de lo que requiere su consentimiento se carga antes de que lo acepte. Puede cambiar de opinión en cualquier momento.',
  bannerNew: 'Lo que utiliza este sitio ha cambiado: le preguntamos por lo nuevo. Sus demás elecciones no cambian.',
  acceptAll: 'Aceptar todo',
  refuseAll: 'Rechazar todo',
  customise: 'Personalizar',
  accept: 'Aceptar',
  refuse: 'Rechazar',
  policyLink: 'Política de cookies',
  policyUrl: '',

  preferencesTitle: 'Gestionar mis cookies',
  preferencesText: 'Elija lo que acepta. Rechace lo que rechace, el sitio seguirá siendo utilizable.',
  all: 'Preferencias para todos los servicios',
  save: 'Confirmar mis elecciones',
  close: 'Cerrar',
  always: 'Siempre activo: no requiere consentimiento',
  exempt: 'Anonimizado: activo salvo que se oponga',
  object: 'Me opongo',
  details: 'Cookies y plazos de conservación',
  noCookies: 'Ninguna cookie',
  withdrawn: 'Su consentimiento ha sido retirado.',
  failed: 'No se ha podido registrar su elección. Inténtelo de nuevo.',

  placeholderTitle: 'Contenido bloqueado: {service}',
  placeholderText: 'Este contenido procede de {provider}, que recibirá datos suyos en cuanto lo permita. Su permiso vale para todo el sitio, hasta que lo retire.',
  placeholderUndeclared: 'Este contenido procede de {host}, que la política de cookies de este sitio no menciona. No se puede permitir.',
  allow: 'Permitir {service}',

  columnProvider: 'Nombre del proveedor',
  columnLocation: 'Función y ubicación',
  columnCookies: 'Nombre de las cookies',
  columnPurposes: 'Finalidades',
  columnLifetime: 'Plazo de conservación',

  'purpose-necessary': 'Necesarias',
  'purpose-necessary-text':
    'Las cookies internas «necesarias» permiten guardar información entre dos visitas al mismo sitio web desde el mismo dispositivo. Pueden guardar un carrito de compra, datos de conexión o preferencias de la interfaz. No requieren el consentimiento del usuario.',
  'purpose-statistics': 'Estadísticas',
  'purpose-statistics-text':
    'Las cookies «estadísticas» permiten seguir las acciones de un internauta en un sitio web. Cuando las estadísticas están anonimizadas (es decir, no permiten identificar a una persona), no se requiere el consentimiento del usuario.',
  'purpose-first-party': 'Internas o propias',
  'purpose-first-party-text':
    'Las cookies «internas» o «propias» las deposita el sitio web visitado. Pueden añadirse a las cookies necesarias y servir para recopilar datos personales, seguir el comportamiento del usuario y con fines publicitarios.',
  'purpose-third-party': 'De terceros',
  'purpose-third-party-text':
    'Las cookies «de terceros» las deposita un sitio B (a menudo una agencia de publicidad), o se depositan por su cuenta, en un sitio A. Permiten al sitio B saber qué páginas del sitio A ha visitado el usuario y recopilar información sobre él.',
};

export const esPage: PageTexts = {
  pageTitle: 'Política de cookies',
  pageIntro: 'Para ofrecerle el mejor servicio posible, utilizamos cookies que garantizan su buen funcionamiento y permiten realizar análisis de audiencia.',
  pageWhatTitle: '¿Qué es una cookie?',
  pageWhat:
    'Una cookie es un dato, por lo general pequeño e identificado por un nombre, que un sitio web que usted visita puede enviar a su navegador. Su navegador lo conserva durante cierto tiempo y lo devuelve al servidor web en cada nueva visita. Las cookies tienen muchos usos: pueden recordar sus datos de cliente en una tienda en línea o el contenido de su carrito de compra, o servir de identificador para seguir su navegación con fines estadísticos o publicitarios, etc.',
  pageKinds: 'Existen varios tipos de cookies:',
  pageUsed: 'Qué cookies se utilizan en esta plataforma',
  pageNecessary: 'Cookies necesarias para el buen funcionamiento de la plataforma (cookies de funcionalidad)',
};
