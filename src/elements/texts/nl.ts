import type { PageTexts, Texts } from './texts';

export const nl: Texts = {
  bannerTitle: 'Cookies op {site}',
  bannerText:
    'Wij gebruiken cookies en inhoud van derden. De doeleinden waarvoor uw toestemming nodig is, staan hieronder; daarvoor wordt pas iets geladen nadat u die hebt gegeven. U kunt uw keuze op elk moment wijzigen.',
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
  save: 'Mijn keuzes bevestigen',
  close: 'Sluiten',
  always: 'Altijd actief: geen toestemming nodig',
  exempt: 'Anonieme statistieken: actief, tenzij u bezwaar maakt',
  object: 'Ik maak bezwaar',
  more: 'Meer details tonen',
  details: 'Cookies en bewaartermijnen',
  noCookies: 'Geen cookies',
  notStated: 'Niet vermeld',
  withdrawn: 'Uw toestemming is ingetrokken.',
  failed: 'Uw keuze kon niet worden vastgelegd. Probeer het opnieuw.',

  placeholderTitle: 'Geblokkeerde inhoud: {service}',
  placeholderText:
    'Deze inhoud is afkomstig van {provider}. Deze aanbieder ontvangt gegevens over u zodra u de inhoud toestaat: alleen deze keer, voor deze pagina, of altijd, voor de hele site, totdat u uw toestemming intrekt.',
  placeholderUndeclared:
    'Deze inhoud is afkomstig van {host}. Het cookiebeleid van deze site noemt deze aanbieder niet. De inhoud kan daarom niet worden toegestaan.',
  allow: '{service} altijd toestaan',
  allowOnce: '{service} één keer toestaan',
  allowed:
    'Wat u hebt toegestaan, verschijnt zodra deze pagina opnieuw is geladen. Wat u hier hebt ingevuld, kan dan verloren gaan.',
  loadAgain: 'Pagina opnieuw laden',
  cannot: 'Wat u hebt toegestaan, kan op deze pagina niet worden weergegeven in deze browser.',
  openAt: 'Openen op {host}',

  columnProvider: 'Naam van de aanbieder',
  columnLocation: 'Functie en locatie',
  columnCookies: 'Naam van de cookie(s)',
  columnPurposes: 'Doeleinden',
  columnLifetime: 'Bewaartermijn',

  'purpose-necessary': 'Noodzakelijk',
  'purpose-necessary-text':
    '“Noodzakelijke” interne cookies maken het mogelijk informatie te bewaren tussen twee bezoeken aan dezelfde website met hetzelfde apparaat. Zij kunnen een winkelwagen, inloggegevens of interfacevoorkeuren bewaren. Er is geen toestemming van de gebruiker voor nodig.',
  'purpose-statistics': 'Statistisch',
  'purpose-statistics-text':
    '“Statistische” cookies maken het mogelijk te volgen wat een internetgebruiker op een website doet. Als de statistieken geanonimiseerd zijn (dus niet tot een persoon te herleiden zijn), is er geen toestemming van de gebruiker nodig.',
  'purpose-first-party': 'Intern of first-party',
  'purpose-first-party-text':
    '“Interne” of “first-party”-cookies worden geplaatst door de bezochte website. Zij kunnen naast de noodzakelijke cookies worden geplaatst en worden gebruikt om persoonsgegevens te verzamelen, om het gedrag van de gebruiker te volgen en voor reclamedoeleinden.',
  'purpose-third-party': 'Van derden',
  'purpose-third-party-text':
    'Cookies “van derden” worden door (of voor) een website B (vaak een advertentienetwerk) op een website A geplaatst. Zo kan website B zien welke pagina’s de gebruiker op website A heeft bezocht en informatie over de gebruiker verzamelen.',
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
