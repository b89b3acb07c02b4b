import type { Dataset } from './dataset';

export const projects: Dataset = {
  id: 'projets-en-cours',
  title: { en: 'Development projects under way', fr: 'Projets de développement en cours' },
  description: {
    en: 'Projects financed by French cooperation and not yet completed: title, country, sector, year of signature and amount committed.',
    fr: 'Projets financés par la coopération française et non achevés : intitulé, pays, secteur, année de signature et montant engagé.',
  },
  theme: { en: 'Projects', fr: 'Projets' },
  sign: '◧',
  producer: 'Agence française de développement',
  modified: '2026-11-02',
  fields: [
    { name: 'title', label: { en: 'Project', fr: 'Projet' }, type: 'text' },
    { name: 'country', label: { en: 'Country', fr: 'Pays' }, type: 'country' },
    { name: 'sector', label: { en: 'Sector', fr: 'Secteur' }, type: 'text' },
    { name: 'year', label: { en: 'Year', fr: 'Année' }, type: 'year' },
    { name: 'amount', label: { en: 'Amount committed', fr: 'Montant engagé' }, type: 'number', unit: { en: 'million euros', fr: 'millions d’euros' } },
  ],
  chart: { type: 'bar', along: 'country', series: 'sector', measure: 'amount' },
  video: { id: 'projets-dakar-brt', title: { en: 'A day on the rapid buses of Dakar', fr: 'Une journée dans les bus rapides de Dakar' } },
  records: [
    { title: { en: 'Rapid bus lines of Dakar', fr: 'Lignes de bus rapides de Dakar' }, country: 'SN', sector: { en: 'Transport', fr: 'Transports' }, year: 2023, amount: 78.0 },
    { title: { en: 'Drainage of the Gourou valley in Abidjan', fr: 'Assainissement de la vallée du Gourou à Abidjan' }, country: 'CI', sector: { en: 'Cities', fr: 'Villes' }, year: 2022, amount: 64.5 },
    { title: { en: 'Solar storage in the Drâa valley', fr: 'Stockage solaire de la vallée du Drâa' }, country: 'MA', sector: { en: 'Energy', fr: 'Énergie' }, year: 2024, amount: 112.0 },
    { title: { en: 'Geothermal wells of Menengai', fr: 'Puits géothermiques de Menengai' }, country: 'KE', sector: { en: 'Energy', fr: 'Énergie' }, year: 2023, amount: 55.2 },
    { title: { en: 'Rice terraces of the highlands', fr: 'Rizières des hautes terres' }, country: 'MG', sector: { en: 'Agriculture', fr: 'Agriculture' }, year: 2022, amount: 18.9 },
    { title: { en: 'Regional hospitals of the North', fr: 'Hôpitaux régionaux du Nord' }, country: 'CM', sector: { en: 'Health', fr: 'Santé' }, year: 2024, amount: 42.3 },
    { title: { en: 'Agricultural secondary schools', fr: 'Lycées techniques agricoles' }, country: 'BJ', sector: { en: 'Education', fr: 'Éducation' }, year: 2023, amount: 36.7 },
    { title: { en: 'Vaccination cold chain', fr: 'Chaîne du froid pour la vaccination' }, country: 'TG', sector: { en: 'Health', fr: 'Santé' }, year: 2022, amount: 12.4 },
    { title: { en: 'Renewal of old town centres', fr: 'Réhabilitation des centres anciens' }, country: 'TN', sector: { en: 'Cities', fr: 'Villes' }, year: 2024, amount: 47.1 },
    { title: { en: 'Small irrigation around Tonlé Sap', fr: 'Petite irrigation autour du Tonlé Sap' }, country: 'KH', sector: { en: 'Agriculture', fr: 'Agriculture' }, year: 2023, amount: 29.6 },
    { title: { en: 'Hanoi metro, line 3', fr: 'Métro de Hanoï, ligne 3' }, country: 'VN', sector: { en: 'Transport', fr: 'Transports' }, year: 2022, amount: 87.5 },
    { title: { en: 'Cable cars of Medellín', fr: 'Téléphériques de Medellín' }, country: 'CO', sector: { en: 'Cities', fr: 'Villes' }, year: 2024, amount: 58.8 },
    { title: { en: 'Efficient public lighting', fr: 'Éclairage public économe' }, country: 'ID', sector: { en: 'Energy', fr: 'Énergie' }, year: 2023, amount: 33.0 },
    { title: { en: 'Teacher training colleges', fr: 'Écoles normales d’instituteurs' }, country: 'ET', sector: { en: 'Education', fr: 'Éducation' }, year: 2022, amount: 24.5 },
  ],
};
