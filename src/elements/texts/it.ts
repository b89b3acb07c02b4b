import type { PageTexts, Texts } from './texts';

export const it: Texts = {
  bannerTitle: 'I cookie su {site}',
  bannerText:
    'Con il suo consenso, utilizziamo cookie e contenuti di altre aziende per le finalità seguenti. Prima non viene caricato nulla, e può cambiare idea in qualsiasi momento.',
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
  count: 'Servizi: {count}',
  search: 'Cerca un servizio',
  foundNone: 'Nessun servizio corrisponde.',
  save: 'Conferma le mie scelte',
  close: 'Chiudi',
  always: 'Sempre attivi',
  exempt: 'Statistiche anonime: attive, salvo sua opposizione',
  object: 'Mi oppongo',
  receipt: 'Scarica la prova della mia scelta',
  more: 'Mostra più dettagli',
  details: 'Cookie e trattamento dei dati',
  noCookies: 'Nessun cookie',
  notStated: 'Non indicato',
  withdrawn: 'Il suo consenso è stato revocato.',
  failed: 'Non è stato possibile registrare la sua scelta. La preghiamo di riprovare.',
  notLoaded: 'Il caricamento non è riuscito. La preghiamo di riprovare.',

  placeholderTitle: 'Bloccato: {service}',
  placeholderText: '{provider} riceve dati che la riguardano se lo consente.',
  placeholderUndeclared:
    'L’informativa sui cookie di questo sito non menziona {host}: non può quindi essere consentito.',
  placeholderDetails:
    'Una volta vale solo per questa pagina. Sempre vale per tutto il sito, finché non revocherà il consenso.',
  placeholderMore: 'Dettagli',
  allow: 'Consenti sempre',
  allowOnce: 'Consenti una volta',
  allowed:
    'Ciò che ha consentito comparirà quando questa pagina sarà ricaricata. Password, file e testi formattati potrebbero andare persi.',
  loadAgain: 'Ricarica la pagina',
  cannot: 'Ciò che ha consentito non può essere mostrato in questa pagina con questo browser.',
  openAt: 'Aprilo su {host}',

  columnProvider: 'Nome del fornitore del servizio',
  columnLocation: 'Funzione e collocazione',
  columnCookies: 'Nome dei cookie',
  columnPurposes: 'Finalità',
  columnLifetime: 'Periodo di conservazione',
  factsTitle: 'Trattamento dei dati personali',
  factPrivacy: 'Informativa sulla privacy',
  factCountry: 'Paese del trattamento',
  factTransfer: 'Trasferimento fuori dall’UE',
  factBasis: 'Base giuridica',
  factRetention: 'Conservazione dei dati',
  factControllers: 'Contitolari',

  'purpose-necessary': 'Necessari al sito',
  'purpose-necessary-text':
    'Senza di essi il sito non funziona. Mantengono l’accesso e ricordano la lingua e ciò che ha scelto qui. Non richiedono il consenso.',
  'purpose-statistics': 'Statistiche delle visite',
  'purpose-statistics-text':
    'Contano le visite e mostrano quali pagine vengono lette, per migliorare il sito. Le statistiche che non permettono di risalire a una persona non richiedono il consenso.',
  'purpose-first-party': 'Personalizzazione',
  'purpose-first-party-text':
    'Il sito stesso ricorda ciò che vi fa, per mostrarle ciò che fa per lei, anche pubblicità.',
  'purpose-third-party': 'Video e social network',
  'purpose-third-party-text':
    'Video, mappe, moduli e post forniti da altre aziende. Queste sanno che lei è qui, possono riconoscerla su altri siti e servirsene a fini pubblicitari.',
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
