import type { PageTexts, Texts } from './texts';

export const de: Texts = {
  bannerTitle: 'Cookies auf {site}',
  bannerText:
    'Mit Ihrer Einwilligung verwenden wir Cookies und Inhalte anderer Unternehmen für die unten genannten Zwecke. Vorher wird nichts geladen, und Sie können Ihre Entscheidung jederzeit ändern.',
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
  count: 'Dienste: {count}',
  search: 'Dienste suchen',
  foundNone: 'Kein Dienst passt dazu.',
  save: 'Auswahl bestätigen',
  close: 'Schließen',
  always: 'Immer aktiv',
  exempt: 'Anonyme Statistik: aktiv, solange Sie nicht widersprechen',
  object: 'Ich widerspreche',
  receipt: 'Nachweis meiner Auswahl herunterladen',
  more: 'Mehr Details anzeigen',
  details: 'Cookies und Datenverarbeitung',
  noCookies: 'Keine Cookies',
  notStated: 'Keine Angabe',
  withdrawn: 'Ihre Einwilligung wurde widerrufen.',
  failed: 'Ihre Auswahl konnte nicht gespeichert werden. Bitte versuchen Sie es erneut.',
  notLoaded: 'Dies konnte nicht geladen werden. Bitte versuchen Sie es erneut.',

  placeholderTitle: 'Blockiert: {service}',
  placeholderText: '{provider} erhält Daten über Sie, wenn Sie dies zulassen.',
  placeholderUndeclared:
    'Die Cookie-Richtlinie dieser Website nennt {host} nicht. Deshalb kann dies nicht zugelassen werden.',
  placeholderDetails:
    'Einmal gilt nur für diese Seite. Immer gilt für die gesamte Website, bis Sie Ihre Einwilligung widerrufen.',
  placeholderMore: 'Näheres',
  allow: 'Immer zulassen',
  allowOnce: 'Einmal zulassen',
  allowed:
    'Was Sie erlaubt haben, erscheint, wenn diese Seite neu geladen wird. Passwörter, Dateien und formatierte Texte können dabei verloren gehen.',
  loadAgain: 'Seite neu laden',
  cannot: 'Was Sie erlaubt haben, kann auf dieser Seite in diesem Browser nicht angezeigt werden.',
  openAt: 'Auf {host} öffnen',

  columnProvider: 'Name des Diensteanbieters',
  columnLocation: 'Funktion und Einsatzort',
  columnCookies: 'Cookie-Name(n)',
  columnPurposes: 'Zwecke',
  columnLifetime: 'Speicherdauer',
  factsTitle: 'Verarbeitung personenbezogener Daten',
  factPrivacy: 'Datenschutzerklärung',
  factCountry: 'Land der Verarbeitung',
  factTransfer: 'Übermittlung außerhalb der EU',
  factBasis: 'Rechtsgrundlage',
  factRetention: 'Speicherung der Daten',
  factControllers: 'Gemeinsam Verantwortliche',

  'purpose-necessary': 'Für die Website notwendig',
  'purpose-necessary-text':
    'Ohne sie funktioniert die Website nicht. Sie halten Sie angemeldet und merken sich Ihre Sprache und was Sie hier gewählt haben. Eine Einwilligung ist nicht erforderlich.',
  'purpose-statistics': 'Besucherstatistik',
  'purpose-statistics-text':
    'Sie zählen Besuche und zeigen, welche Seiten gelesen werden, damit die Website besser wird. Statistiken, die sich nicht auf eine Person zurückführen lassen, erfordern keine Einwilligung.',
  'purpose-first-party': 'Personalisierung',
  'purpose-first-party-text':
    'Die Website selbst merkt sich, was Sie auf ihr tun, um Ihnen zu zeigen, was zu Ihnen passt; das kann auch Werbung sein.',
  'purpose-third-party': 'Videos und soziale Medien',
  'purpose-third-party-text':
    'Videos, Karten, Formulare und Beiträge, die andere Unternehmen bereitstellen. Diese erfahren, dass Sie hier sind, können Sie auf anderen Websites wiedererkennen und dies für Werbung nutzen.',
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
