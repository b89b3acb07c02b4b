import { climateFinance } from './climate-finance';
import type { Dataset } from './dataset';
import { developmentAssistance } from './development-assistance';
import { humanitarianAid } from './humanitarian-aid';
import { projects } from './projects';
import { scholarships } from './scholarships';
import { waterAccess } from './water-access';

/** The catalogue, in the order in which it is shown. All figures are invented. */
export const datasets: Dataset[] = [
  developmentAssistance,
  projects,
  humanitarianAid,
  waterAccess,
  scholarships,
  climateFinance,
];

export function findDataset(id: string): Dataset | undefined {
  return datasets.find((dataset) => dataset.id === id);
}

/** The datasets whose title, description, theme or producer holds every word, in any language, accents aside. */
export function searchDatasets(words: string): Dataset[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return datasets.filter(({ title, description, theme, producer }) => {
    const text = plain(JSON.stringify([title, description, theme, producer]));
    return wanted.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
