import type { PageTexts, Texts } from './texts';

export const es: Texts = {
  bannerTitle: 'Cookies en {site}',
  bannerText:
    'Con su consentimiento, utilizamos cookies y contenidos de otras empresas para las finalidades siguientes. Antes no se carga nada, y puede cambiar de opinión en cualquier momento.',
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
  count: 'Servicios: {count}',
  search: 'Buscar servicios',
  foundNone: 'Ningún servicio coincide.',
  save: 'Confirmar mis preferencias',
  close: 'Cerrar',
  always: 'Siempre activas',
  exempt: 'Estadísticas anónimas: activas, salvo que usted se oponga',
  object: 'Me opongo',
  receipt: 'Descargar el justificante de mi elección',
  more: 'Ver más detalles',
  details: 'Cookies y tratamiento de datos',
  noCookies: 'Sin cookies',
  notStated: 'Sin especificar',
  withdrawn: 'Se ha retirado su consentimiento.',
  failed: 'No se ha podido registrar su elección. Inténtelo de nuevo.',
  notLoaded: 'No se ha podido cargar. Inténtelo de nuevo.',

  placeholderTitle: 'Bloqueado: {service}',
  placeholderText: '{provider} recibe datos sobre usted si lo permite.',
  placeholderUndeclared: 'La política de cookies de este sitio no menciona {host}; por eso no se puede permitir.',
  placeholderDetails:
    'Una vez vale solo para esta página. Siempre vale para todo el sitio, hasta que retire su consentimiento.',
  placeholderMore: 'Detalles',
  allow: 'Permitir siempre',
  allowOnce: 'Permitir una vez',
  allowed:
    'Lo que ha permitido aparecerá al volver a cargar esta página. Contraseñas, archivos y textos con formato pueden perderse.',
  loadAgain: 'Volver a cargar la página',
  cannot: 'Lo que ha permitido no se puede mostrar en esta página con este navegador.',
  openAt: 'Abrirlo en {host}',

  columnProvider: 'Nombre del proveedor del servicio',
  columnLocation: 'Función y ubicación',
  columnCookies: 'Nombre de las cookies',
  columnPurposes: 'Finalidades',
  columnLifetime: 'Plazo de conservación',
  factsTitle: 'Tratamiento de datos personales',
  factPrivacy: 'Política de privacidad',
  factCountry: 'País de tratamiento',
  factTransfer: 'Transferencia fuera de la UE',
  factBasis: 'Base jurídica',
  factRetention: 'Conservación de los datos',
  factControllers: 'Corresponsables',

  'purpose-necessary': 'Necesarias para el sitio',
  'purpose-necessary-text':
    'El sitio no funciona sin ellas. Mantienen su sesión abierta y recuerdan su idioma y lo que ha elegido aquí. No requieren consentimiento.',
  'purpose-statistics': 'Estadísticas de visitas',
  'purpose-statistics-text':
    'Cuentan las visitas y muestran qué páginas se leen, para mejorar el sitio. Las estadísticas que no pueden vincularse a una persona no requieren consentimiento.',
  'purpose-first-party': 'Personalización',
  'purpose-first-party-text':
    'El propio sitio recuerda lo que usted hace en él para mostrarle lo que le conviene, que puede ser publicidad.',
  'purpose-third-party': 'Vídeos y redes sociales',
  'purpose-third-party-text':
    'Vídeos, mapas, formularios y publicaciones de otras empresas. Estas saben que usted está aquí, pueden reconocerle en otros sitios y utilizarlo con fines publicitarios.',
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
