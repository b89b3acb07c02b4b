import type { PageTexts, Texts } from './texts';

export const it: Texts = {
  bannerTitle: 'I cookie su {site}',
  bannerText:
    'Utilizziamo cookie e contenuti di terze parti. Le finalità che richiedono il suo consenso sono indicate di seguito; per queste non viene caricato nulla prima che lei lo abbia prestato. Può cambiare idea in qualsiasi momento.',
  bannerNew:
    'I servizi utilizzati da questo sito sono cambiati. Le chiediamo di esprimersi solo sulle novità, indicate di seguito con le relative finalità; le sue altre scelte restano invariate.',
  acceptAll: 'Accetta tutto',
  refuseAll: 'Rifiuta tutto',
  customise: 'Personalizza',
  accept: 'Accetta',
  refuse: 'Rifiuta',
  policyLink: 'Informativa sui cookie',
  policyUrl: '',

  preferencesTitle: 'Gestisci i miei cookie',
  preferencesText: 'Scelga che cosa accettare. Il sito resta utilizzabile, qualunque cosa rifiuti.',
  all: 'Preferenze per tutti i servizi',
  save: 'Conferma le mie scelte',
  close: 'Chiudi',
  always: 'Sempre attivi: non è richiesto alcun consenso',
  exempt: 'Statistiche anonime: attive, salvo sua opposizione',
  object: 'Mi oppongo',
  more: 'Mostra più dettagli',
  details: 'Cookie e periodi di conservazione',
  noCookies: 'Nessun cookie',
  notStated: 'Non indicato',
  withdrawn: 'Il suo consenso è stato revocato.',
  failed: 'Non è stato possibile registrare la sua scelta. La preghiamo di riprovare.',

  placeholderTitle: 'Contenuto bloccato: {service}',
  placeholderText:
    'Questo contenuto è fornito da {provider}, che riceverà dati che la riguardano non appena lei lo consentirà: solo per questa volta, in questa pagina, oppure sempre, in tutto il sito, finché non revocherà il consenso.',
  placeholderUndeclared:
    'Questo contenuto proviene da {host}, che l’informativa sui cookie di questo sito non menziona. Non può quindi essere consentito.',
  allow: 'Consenti sempre {service}',
  allowOnce: 'Consenti {service} una volta',
  allowed:
    'Ciò che ha consentito comparirà quando questa pagina sarà ricaricata. Ciò che vi ha scritto potrebbe allora andare perso.',
  loadAgain: 'Ricarica la pagina',
  cannot: 'Ciò che ha consentito non può essere mostrato in questa pagina con questo browser.',
  openAt: 'Aprilo su {host}',

  columnProvider: 'Nome del fornitore del servizio',
  columnLocation: 'Funzione e collocazione',
  columnCookies: 'Nome dei cookie',
  columnPurposes: 'Finalità',
  columnLifetime: 'Periodo di conservazione',

  'purpose-necessary': 'Necessari',
  'purpose-necessary-text':
    'I cookie interni «necessari» permettono di conservare informazioni tra due visite allo stesso sito dallo stesso dispositivo. Possono salvare un carrello, dati di accesso o preferenze dell’interfaccia. Non richiedono il consenso dell’utente.',
  'purpose-statistics': 'Statistici',
  'purpose-statistics-text':
    'I cookie «statistici» permettono di tracciare le azioni di un utente su un sito. Quando le statistiche sono anonimizzate (cioè non permettono di risalire a una persona), il consenso dell’utente non è richiesto.',
  'purpose-first-party': 'Interni o di prima parte',
  'purpose-first-party-text':
    'I cookie «interni» o «di prima parte» sono memorizzati dal sito visitato. Possono essere memorizzati in aggiunta ai cookie necessari e utilizzati per raccogliere dati personali, per tracciare il comportamento dell’utente e a fini pubblicitari.',
  'purpose-third-party': 'Di terze parti',
  'purpose-third-party-text':
    'I cookie «di terze parti» sono memorizzati da un sito B (spesso una rete pubblicitaria), o per suo conto, su un sito A. Permettono al sito B di sapere quali pagine l’utente ha visitato sul sito A e di raccogliere informazioni su di lui.',
};

export const itPage: PageTexts = {
  pageTitle: 'Informativa sui cookie',
  pageIntro:
    'Per offrirle il miglior servizio possibile, utilizziamo cookie che ne assicurano il buon funzionamento e permettono di analizzarne l’uso.',
  pageWhatTitle: 'Che cos’è un cookie?',
  pageWhat:
    'Un cookie è un dato, in genere di piccole dimensioni e identificato da un nome, che un sito visitato può inviare al suo browser. Il browser lo conserva per un certo periodo e lo rinvia al server web a ogni nuova visita. I cookie hanno molti usi: possono ricordare i suoi dati di accesso a un negozio online o il contenuto attuale del carrello, servire da identificativo per tracciare la sua navigazione a fini statistici o pubblicitari, ecc.',
  pageKinds: 'Esistono diversi tipi di cookie:',
  pageUsed: 'Cookie utilizzati su questa piattaforma',
  pageNecessary: 'Cookie necessari al buon funzionamento della piattaforma (cookie di funzionalità)',
};
