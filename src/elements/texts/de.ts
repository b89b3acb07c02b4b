import type { PageTexts, Texts } from './texts';

export const de: Texts = {
  bannerTitle: 'Cookies auf {site}',
  bannerText:
    'Wir verwenden Cookies und Inhalte von Drittanbietern. Die Zwecke, die Ihre Einwilligung erfordern, sind unten aufgeführt; dafür wird erst etwas geladen, wenn Sie zugestimmt haben. Sie können Ihre Entscheidung jederzeit ändern.',
  bannerNew:
    'Die Dienste, die diese Website verwendet, haben sich geändert. Um eine Entscheidung bitten wir Sie nur bei dem, was neu ist und unten mit seinen Zwecken aufgeführt wird; Ihre übrigen Entscheidungen bleiben bestehen.',
  acceptAll: 'Alle akzeptieren',
  refuseAll: 'Alle ablehnen',
  customise: 'Anpassen',
  accept: 'Akzeptieren',
  refuse: 'Ablehnen',
  policyLink: 'Cookie-Richtlinie',
  policyUrl: '',

  preferencesTitle: 'Meine Cookies verwalten',
  preferencesText:
    'Wählen Sie, womit Sie einverstanden sind. Die Website bleibt nutzbar, ganz gleich, was Sie ablehnen.',
  all: 'Einstellungen für alle Dienste',
  save: 'Auswahl bestätigen',
  close: 'Schließen',
  always: 'Immer aktiv: keine Einwilligung erforderlich',
  exempt: 'Anonyme Statistik: aktiv, solange Sie nicht widersprechen',
  object: 'Ich widerspreche',
  more: 'Mehr Details anzeigen',
  details: 'Cookies und Speicherdauer',
  noCookies: 'Keine Cookies',
  notStated: 'Keine Angabe',
  withdrawn: 'Ihre Einwilligung wurde widerrufen.',
  failed: 'Ihre Auswahl konnte nicht gespeichert werden. Bitte versuchen Sie es erneut.',

  placeholderTitle: 'Blockierter Inhalt: {service}',
  placeholderText:
    'Dieser Inhalt stammt von {provider}. Dieser Anbieter erhält Daten über Sie, sobald Sie den Inhalt zulassen: nur dieses eine Mal, für diese Seite, oder immer, für die gesamte Website, bis Sie Ihre Einwilligung widerrufen.',
  placeholderUndeclared:
    'Dieser Inhalt stammt von {host}. Die Cookie-Richtlinie dieser Website nennt diesen Anbieter nicht. Der Inhalt kann deshalb nicht zugelassen werden.',
  allow: '{service} immer zulassen',
  allowOnce: '{service} einmal zulassen',
  allowed:
    'Was Sie erlaubt haben, erscheint, wenn diese Seite neu geladen wird. Was Sie hier eingegeben haben, kann dabei verloren gehen.',
  loadAgain: 'Seite neu laden',
  cannot: 'Was Sie erlaubt haben, kann auf dieser Seite in diesem Browser nicht angezeigt werden.',
  openAt: 'Auf {host} öffnen',

  columnProvider: 'Name des Diensteanbieters',
  columnLocation: 'Funktion und Einsatzort',
  columnCookies: 'Cookie-Name(n)',
  columnPurposes: 'Zwecke',
  columnLifetime: 'Speicherdauer',

  'purpose-necessary': 'Notwendig',
  'purpose-necessary-text':
    '„Notwendige“ interne Cookies ermöglichen es, Informationen zwischen zwei Besuchen derselben Website mit demselben Gerät zu speichern. Sie können einen Warenkorb, Anmeldedaten oder Einstellungen der Benutzeroberfläche enthalten. Eine Einwilligung der Nutzer ist dafür nicht erforderlich.',
  'purpose-statistics': 'Statistik',
  'purpose-statistics-text':
    'Mit „Statistik“-Cookies lässt sich verfolgen, was Nutzer auf einer Website tun. Sind die Statistiken anonymisiert (lassen sie sich also nicht auf eine Person zurückführen), ist keine Einwilligung der Nutzer erforderlich.',
  'purpose-first-party': 'Intern oder Erstanbieter',
  'purpose-first-party-text':
    '„Interne“ oder „Erstanbieter“-Cookies werden von der besuchten Website gespeichert. Sie können zusätzlich zu den notwendigen Cookies gespeichert und zur Erhebung personenbezogener Daten, zur Verfolgung des Nutzerverhaltens und zu Werbezwecken verwendet werden.',
  'purpose-third-party': 'Drittanbieter',
  'purpose-third-party-text':
    '„Drittanbieter“-Cookies werden von einer Website B (häufig einem Werbenetzwerk) oder für sie auf einer Website A gespeichert. So kann Website B sehen, welche Seiten die Nutzer auf Website A besucht haben, und Informationen über sie sammeln.',
};

export const dePage: PageTexts = {
  pageTitle: 'Cookie-Richtlinie',
  pageIntro:
    'Um Ihnen den bestmöglichen Service zu bieten, verwenden wir Cookies: Sie stellen sicher, dass er einwandfrei funktioniert, und dienen der Webanalyse.',
  pageWhatTitle: 'Was ist ein Cookie?',
  pageWhat:
    'Ein Cookie ist ein in der Regel kleiner, durch einen Namen gekennzeichneter Datensatz, den eine besuchte Website an Ihren Browser senden kann. Ihr Browser speichert ihn für eine bestimmte Zeit und sendet ihn bei jedem weiteren Besuch an den Webserver zurück. Cookies dienen vielen Zwecken: Sie können zum Beispiel Ihre Anmeldedaten für einen Onlineshop oder den aktuellen Inhalt Ihres Warenkorbs speichern oder als Kennung dienen, mit der Ihr Surfverhalten zu Statistik- oder Werbezwecken verfolgt wird.',
  pageKinds: 'Es gibt mehrere Arten von Cookies:',
  pageUsed: 'Auf dieser Plattform verwendete Cookies',
  pageNecessary: 'Cookies, die für das einwandfreie Funktionieren der Plattform notwendig sind (funktionale Cookies)',
};
