import type { PageTexts, Texts } from './texts';

export const nl: Texts = {
  bannerTitle: 'Cookies op {site}',
  bannerText:
    'Met uw toestemming gebruiken wij cookies en inhoud van andere bedrijven voor de onderstaande doeleinden. Eerder wordt niets geladen, en u kunt uw keuze op elk moment wijzigen.',
  bannerNew:
    'De diensten die deze site gebruikt, zijn gewijzigd. Wij vragen u alleen om een keuze voor wat nieuw is en hieronder met zijn doeleinden staat; uw andere keuzes blijven gelden.',
  acceptAll: 'Alles accepteren',
  refuseAll: 'Alles weigeren',
  customise: 'Aanpassen',
  accept: 'Accepteren',
  refuse: 'Weigeren',
  policyLink: 'Cookiebeleid',
  policyUrl: '',

  preferencesTitle: 'Mijn cookies beheren',
  preferencesText: 'Kies waarmee u akkoord gaat. De site blijft bruikbaar, wat u ook weigert.',
  all: 'Voorkeuren voor alle diensten',
  count: 'Diensten: {count}',
  search: 'Diensten zoeken',
  foundNone: 'Geen dienst gevonden.',
  save: 'Mijn keuzes bevestigen',
  close: 'Sluiten',
  always: 'Altijd actief',
  exempt: 'Anonieme statistieken: actief, tenzij u bezwaar maakt',
  object: 'Ik maak bezwaar',
  receipt: 'Bewijs van mijn keuze downloaden',
  more: 'Meer details tonen',
  details: 'Cookies en gegevensverwerking',
  noCookies: 'Geen cookies',
  notStated: 'Niet vermeld',
  withdrawn: 'Uw toestemming is ingetrokken.',
  failed: 'Uw keuze kon niet worden vastgelegd. Probeer het opnieuw.',
  notLoaded: 'Dit kon niet worden geladen. Probeer het opnieuw.',

  placeholderTitle: 'Geblokkeerd: {service}',
  placeholderText: '{provider} ontvangt gegevens over u als u dit toestaat.',
  placeholderUndeclared: 'Het cookiebeleid van deze site noemt {host} niet. Daarom kan dit niet worden toegestaan.',
  placeholderDetails:
    'Eén keer geldt alleen voor deze pagina. Altijd geldt voor de hele site, totdat u uw toestemming intrekt.',
  placeholderMore: 'Meer',
  allow: 'Altijd toestaan',
  allowOnce: 'Eén keer toestaan',
  allowed:
    'Wat u hebt toegestaan, verschijnt zodra deze pagina opnieuw is geladen. Wachtwoorden, bestanden en opgemaakte tekst kunnen dan verloren gaan.',
  loadAgain: 'Pagina opnieuw laden',
  cannot: 'Wat u hebt toegestaan, kan op deze pagina niet worden weergegeven in deze browser.',
  openAt: 'Openen op {host}',

  columnProvider: 'Naam van de aanbieder',
  columnLocation: 'Functie en locatie',
  columnCookies: 'Naam van de cookie(s)',
  columnPurposes: 'Doeleinden',
  columnLifetime: 'Bewaartermijn',
  factsTitle: 'Verwerking van persoonsgegevens',
  factPrivacy: 'Privacyverklaring',
  factCountry: 'Land van verwerking',
  factTransfer: 'Doorgifte buiten de EU',
  factBasis: 'Rechtsgrondslag',
  factRetention: 'Bewaring van de gegevens',
  factControllers: 'Gezamenlijke verantwoordelijken',

  'purpose-necessary': 'Nodig voor de site',
  'purpose-necessary-text':
    'Zonder deze werkt de site niet. Zij houden u aangemeld en onthouden uw taal en wat u hier hebt gekozen. Er is geen toestemming voor nodig.',
  'purpose-statistics': 'Bezoekersstatistieken',
  'purpose-statistics-text':
    'Zij tellen bezoeken en laten zien welke pagina’s worden gelezen, zodat de site beter kan worden. Voor statistieken die niet tot een persoon te herleiden zijn, is geen toestemming nodig.',
  'purpose-first-party': 'Personalisatie',
  'purpose-first-party-text':
    'De site zelf onthoudt wat u erop doet, om u te tonen wat bij u past; dat kan ook reclame zijn.',
  'purpose-third-party': 'Video’s en sociale media',
  'purpose-third-party-text':
    'Video’s, kaarten, formulieren en berichten van andere bedrijven. Zij weten dat u hier bent, kunnen u op andere sites herkennen en dat voor reclame gebruiken.',
};

export const nlPage: PageTexts = {
  pageTitle: 'Cookiebeleid',
  pageIntro:
    'Om u de best mogelijke dienst te bieden, gebruiken wij cookies die de goede werking ervan waarborgen en cookies voor webanalyse.',
  pageWhatTitle: 'Wat is een cookie?',
  pageWhat:
    'Een cookie is een meestal klein stukje gegevens met een naam, dat een website die u bezoekt naar uw browser kan sturen. Uw browser bewaart het een bepaalde tijd en stuurt het bij elk volgend bezoek terug naar de webserver. Cookies hebben veel toepassingen: zij kunnen bijvoorbeeld uw inloggegevens voor een webwinkel of de actuele inhoud van uw winkelwagen onthouden, of dienen als identificator om uw surfgedrag voor statistische of reclamedoeleinden te volgen.',
  pageKinds: 'Er zijn verschillende soorten cookies:',
  pageUsed: 'Cookies die op dit platform worden gebruikt',
  pageNecessary: 'Cookies die nodig zijn voor de goede werking van het platform (functionele cookies)',
};
