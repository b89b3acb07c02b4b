import type { PageTexts, Texts } from './texts';

export const de: Texts = {
  bannerTitle: 'Cookies auf {site}',
  bannerText: 'Wir verwenden Cookies und Inhalte anderer Anbieter. Was Ihre Einwilligung braucht, wird erst geladen, wenn Sie zustimmen. Sie können Ihre Entscheidung jederzeit ändern.',
  bannerNew: 'Was diese Website verwendet, hat sich geändert: Wir fragen Sie nach dem, was neu ist. Ihre übrigen Entscheidungen bleiben bestehen.',
  acceptAll: 'Alle akzeptieren',
  refuseAll: 'Alle ablehnen',
  customise: 'Anpassen',
  accept: 'Akzeptieren',
  refuse: 'Ablehnen',
  policyLink: 'Cookie-Richtlinie',
  policyUrl: '',

  preferencesTitle: 'Meine Cookies verwalten',
  preferencesText: 'Wählen Sie, womit Sie einverstanden sind. Was Sie auch ablehnen, die Website bleibt nutzbar.',
  all: 'Einstellungen für alle Dienste',
  save: 'Auswahl bestätigen',
  close: 'Schließen',
  always: 'Immer aktiv: braucht keine Einwilligung',
  exempt: 'Anonymisiert: aktiv, solange Sie nicht widersprechen',
  object: 'Ich widerspreche',
  details: 'Cookies und Speicherdauer',
  noCookies: 'Keine Cookies',
  withdrawn: 'Ihre Einwilligung wurde widerrufen.',
  failed: 'Ihre Auswahl konnte nicht gespeichert werden. Bitte versuchen Sie es noch einmal.',

  placeholderTitle: 'Blockierter Inhalt: {service}',
  placeholderText: 'Dieser Inhalt kommt von {provider}; sobald Sie ihn erlauben, werden Daten dorthin übertragen. Ihre Erlaubnis gilt für die ganze Website, bis Sie sie zurücknehmen.',
  placeholderUndeclared: 'Dieser Inhalt kommt von {host}. Die Cookie-Richtlinie dieser Website nennt diesen Anbieter nicht, deshalb kann der Inhalt nicht erlaubt werden.',
  allow: '{service} erlauben',

  columnProvider: 'Name des Anbieters',
  columnLocation: 'Funktion und Ort',
  columnCookies: 'Name der Cookies',
  columnPurposes: 'Zwecke',
  columnLifetime: 'Speicherdauer',

  'purpose-necessary': 'Notwendig',
  'purpose-necessary-text':
    '„Notwendige“ interne Cookies speichern Informationen zwischen zwei Besuchen derselben Website mit demselben Gerät. Sie können einen Warenkorb, Anmeldedaten oder Anzeigeeinstellungen enthalten. Sie erfordern keine Einwilligung.',
  'purpose-statistics': 'Statistik',
  'purpose-statistics-text':
    '„Statistik“-Cookies machen es möglich, das Verhalten auf einer Website zu verfolgen. Sind die Statistiken anonymisiert (lassen sie sich also nicht auf eine Person zurückführen), ist keine Einwilligung erforderlich.',
  'purpose-first-party': 'Interne oder First-Party-Cookies',
  'purpose-first-party-text':
    '„Interne“ oder „First-Party“-Cookies werden von der besuchten Website gesetzt. Sie können zu den notwendigen Cookies hinzukommen und dazu dienen, personenbezogene Daten zu erheben, das Verhalten zu verfolgen und zu werben.',
  'purpose-third-party': 'Drittanbieter',
  'purpose-third-party-text':
    '„Drittanbieter“-Cookies werden von (oder für) eine Website B (oft eine Werbeagentur) auf Website A gesetzt. So kann Website B sehen, welche Seiten auf Website A besucht wurden, und Informationen über die besuchende Person sammeln.',
};

export const dePage: PageTexts = {
  pageTitle: 'Cookie-Richtlinie',
  pageIntro: 'Um Ihnen den bestmöglichen Dienst zu bieten, verwenden wir Cookies, die sein Funktionieren sicherstellen und der Analyse der Nutzung dienen.',
  pageWhatTitle: 'Was ist ein Cookie?',
  pageWhat:
    'Ein Cookie ist eine meist kleine, durch einen Namen gekennzeichnete Information, die eine besuchte Website an Ihren Browser senden kann. Ihr Browser speichert sie für eine gewisse Zeit und sendet sie bei jedem weiteren Besuch an den Webserver zurück. Cookies haben viele Verwendungen: Sie können Ihre Anmeldedaten in einem Onlineshop oder den aktuellen Inhalt Ihres Warenkorbs speichern oder als Kennung dienen, mit der Ihr Surfverhalten zu statistischen oder Werbezwecken verfolgt wird.',
  pageKinds: 'Es gibt mehrere Arten von Cookies:',
  pageUsed: 'Welche Cookies auf dieser Plattform verwendet werden',
  pageNecessary: 'Cookies, die für das Funktionieren der Plattform notwendig sind (funktionale Cookies)',
};
