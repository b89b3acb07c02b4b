import type { PageTexts, Texts } from './texts';

export const de: Texts = {
  bannerTitle: 'Cookies auf {site}',
  bannerText: 'Wir verwenden Cookies und Inhalte von Drittanbietern. Was Ihre Einwilligung erfordert, wird erst geladen, wenn Sie zugestimmt haben. Sie können Ihre Entscheidung jederzeit ändern.',
  bannerNew: 'Die Dienste, die diese Website verwendet, haben sich geändert. Wir fragen Sie nur nach dem, was neu ist; Ihre übrigen Entscheidungen bleiben bestehen.',
  acceptAll: 'Alle akzeptieren',
  refuseAll: 'Alle ablehnen',
  customise: 'Anpassen',
  accept: 'Akzeptieren',
  refuse: 'Ablehnen',
  policyLink: 'Cookie-Richtlinie',
  policyUrl: '',

  preferencesTitle: 'Meine Cookies verwalten',
  preferencesText: 'Wählen Sie, womit Sie einverstanden sind. Die Website bleibt nutzbar, was auch immer Sie ablehnen.',
  all: 'Einstellungen für alle Dienste',
  save: 'Auswahl bestätigen',
  close: 'Schließen',
  always: 'Immer aktiv: keine Einwilligung erforderlich',
  exempt: 'Anonyme Statistik: aktiv, solange Sie nicht widersprechen',
  object: 'Ich widerspreche',
  more: 'Mehr Details anzeigen',
  details: 'Cookies und Speicherdauer',
  noCookies: 'Keine Cookies',
  withdrawn: 'Ihre Einwilligung wurde widerrufen.',
  failed: 'Ihre Auswahl konnte nicht gespeichert werden. Bitte versuchen Sie es noch einmal.',

  placeholderTitle: 'Blockierter Inhalt: {service}',
  placeholderText: 'Dieser Inhalt stammt von {provider}. Sobald Sie ihn erlauben, werden Daten über Sie dorthin übermittelt: nur dieses eine Mal, für diese Seite, oder immer, für die gesamte Website, bis Sie Ihre Erlaubnis widerrufen.',
  placeholderUndeclared: 'Dieser Inhalt stammt von {host}. Die Cookie-Richtlinie dieser Website nennt diesen Anbieter nicht. Der Inhalt kann deshalb nicht erlaubt werden.',
  allow: '{service} immer erlauben',
  allowOnce: 'Einmal erlauben',

  columnProvider: 'Name des Diensteanbieters',
  columnLocation: 'Funktion und Ort',
  columnCookies: 'Name der Cookies',
  columnPurposes: 'Zwecke',
  columnLifetime: 'Speicherdauer',

  'purpose-necessary': 'Notwendig',
  'purpose-necessary-text':
    '„Notwendige“ interne Cookies ermöglichen es, Informationen zwischen zwei Besuchen derselben Website mit demselben Gerät zu speichern. Sie können einen Warenkorb, Anmeldedaten oder Einstellungen der Oberfläche speichern. Eine Einwilligung der Nutzer ist dafür nicht erforderlich.',
  'purpose-statistics': 'Statistik',
  'purpose-statistics-text':
    'Mit „Statistik“-Cookies lässt sich verfolgen, was Nutzer auf einer Website tun. Sind die Statistiken anonymisiert (lassen sie sich also nicht auf eine Person zurückführen), ist keine Einwilligung der Nutzer erforderlich.',
  'purpose-first-party': 'Intern oder First-Party',
  'purpose-first-party-text':
    '„Interne“ oder „First-Party“-Cookies werden von der besuchten Website gespeichert. Sie können zusätzlich zu den notwendigen Cookies gespeichert und zur Erhebung personenbezogener Daten, zur Verfolgung des Nutzerverhaltens und zu Werbezwecken verwendet werden.',
  'purpose-third-party': 'Drittanbieter',
  'purpose-third-party-text':
    '„Drittanbieter“-Cookies werden von einer Website B (häufig einer Werbeagentur) oder für sie auf einer Website A gespeichert. So kann Website B sehen, welche Seiten die Nutzer auf Website A besucht haben, und Informationen über sie sammeln.',
};

export const dePage: PageTexts = {
  pageTitle: 'Cookie-Richtlinie',
  pageIntro: 'Um Ihnen den bestmöglichen Service zu bieten, verwenden wir Cookies, die sein einwandfreies Funktionieren sicherstellen und der Webanalyse dienen.',
  pageWhatTitle: 'Was ist ein Cookie?',
  pageWhat:
    'Ein Cookie ist eine in der Regel kleine, durch einen Namen gekennzeichnete Information, die eine besuchte Website an Ihren Browser senden kann. Ihr Browser speichert sie für eine bestimmte Zeit und sendet sie bei jedem weiteren Besuch an den Webserver zurück. Cookies haben viele Verwendungszwecke: Sie können Ihre Anmeldedaten für einen Onlineshop oder den aktuellen Inhalt Ihres Warenkorbs speichern, als Kennung dienen, mit der Ihr Surfverhalten zu statistischen oder Werbezwecken verfolgt wird, usw.',
  pageKinds: 'Es gibt mehrere Arten von Cookies:',
  pageUsed: 'Welche Cookies auf dieser Plattform verwendet werden',
  pageNecessary: 'Cookies, die für das einwandfreie Funktionieren der Plattform notwendig sind (funktionale Cookies)',
};
