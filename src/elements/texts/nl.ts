import type { PageTexts, Texts } from './texts';

export const nl: Texts = {
  bannerTitle: 'Cookies op {site}',
  bannerText: 'Wij gebruiken cookies en inhoud van derden. Wat uw toestemming nodig heeft, wordt pas geladen als u akkoord gaat. U kunt op elk moment van gedachten veranderen.',
  bannerNew: 'Wat deze site gebruikt, is veranderd: wij vragen u naar wat nieuw is. Uw andere keuzes blijven zoals ze zijn.',
  acceptAll: 'Alles accepteren',
  refuseAll: 'Alles weigeren',
  customise: 'Aanpassen',
  accept: 'Accepteren',
  refuse: 'Weigeren',
  policyLink: 'Cookiebeleid',
  policyUrl: '',

  preferencesTitle: 'Mijn cookies beheren',
  preferencesText: 'Kies waarmee u akkoord gaat. Wat u ook weigert, de site blijft bruikbaar.',
  all: 'Voorkeuren voor alle diensten',
  save: 'Mijn keuzes bevestigen',
  close: 'Sluiten',
  always: 'Altijd actief: geen toestemming nodig',
  exempt: 'Geanonimiseerd: actief tenzij u bezwaar maakt',
  object: 'Ik maak bezwaar',
  details: 'Cookies en bewaartermijnen',
  noCookies: 'Geen cookies',
  withdrawn: 'Uw toestemming is ingetrokken.',
  failed: 'Uw keuze kon niet worden vastgelegd. Probeer het opnieuw.',

  placeholderTitle: 'Geblokkeerde inhoud: {service}',
  placeholderText: 'Deze inhoud komt van {provider}, dat gegevens van u ontvangt zodra u het toestaat. Uw toestemming geldt voor de hele site, tot u haar intrekt.',
  placeholderUndeclared: 'Deze inhoud komt van {host}, dat niet in het cookiebeleid van deze site staat. De inhoud kan niet worden toegestaan.',
  allow: '{service} toestaan',

  columnProvider: 'Naam van de aanbieder',
  columnLocation: 'Functie en plaats',
  columnCookies: 'Naam van de cookies',
  columnPurposes: 'Doeleinden',
  columnLifetime: 'Bewaartermijn',

  'purpose-necessary': 'Noodzakelijk',
  'purpose-necessary-text':
    '“Noodzakelijke” interne cookies bewaren informatie tussen twee bezoeken aan dezelfde website met hetzelfde apparaat. Zij kunnen een winkelwagen, inloggegevens of weergavevoorkeuren bevatten. Er is geen toestemming van de gebruiker voor nodig.',
  'purpose-statistics': 'Statistiek',
  'purpose-statistics-text':
    '“Statistische” cookies maken het mogelijk te volgen wat een gebruiker op een website doet. Als de statistieken geanonimiseerd zijn (dus niet tot een persoon te herleiden), is er geen toestemming van de gebruiker nodig.',
  'purpose-first-party': 'Intern of first-party',
  'purpose-first-party-text':
    '“Interne” of “first-party”-cookies worden geplaatst door de bezochte website. Zij kunnen naast de noodzakelijke cookies worden geplaatst en dienen om persoonsgegevens te verzamelen, gedrag te volgen en te adverteren.',
  'purpose-third-party': 'Derden',
  'purpose-third-party-text':
    'Cookies van “derden” worden door (of voor) een website B (vaak een reclamebureau) op website A geplaatst. Zo kan website B zien welke pagina’s de gebruiker op website A heeft bezocht en informatie over hem verzamelen.',
};

export const nlPage: PageTexts = {
  pageTitle: 'Cookiebeleid',
  pageIntro: 'Om u de best mogelijke dienst te bieden, gebruiken wij cookies die ervoor zorgen dat hij goed werkt en waarmee wij het gebruik analyseren.',
  pageWhatTitle: 'Wat is een cookie?',
  pageWhat:
    'Een cookie is een meestal klein, met een naam aangeduid gegeven dat een bezochte website naar uw browser kan sturen. Uw browser bewaart het een bepaalde tijd en stuurt het bij elk volgend bezoek terug naar de webserver. Cookies worden voor veel doelen gebruikt: zij kunnen uw inloggegevens voor een webwinkel of de inhoud van uw winkelwagen onthouden, of dienen als kenmerk om uw surfgedrag voor statistiek of reclame te volgen.',
  pageKinds: 'Er zijn verschillende soorten cookies:',
  pageUsed: 'Welke cookies op dit platform worden gebruikt',
  pageNecessary: 'Cookies die nodig zijn om het platform goed te laten werken (functionele cookies)',
};
