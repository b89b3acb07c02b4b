import { aligned } from '../audit/table';
import type { NewOrigin, NewParties } from './new-parties';

const HEAD = ['service', 'purpose', 'origin', 'kinds', 'reports', 'pages'];
const MOST_PAGES = 3;

/** What reports tell that the policy does not have, for a terminal, and where what is printed after it belongs. */
export function partiesTable({ origins, services, extended }: NewParties): string {
  return [
    ...aligned([HEAD, ...origins.map(rowOf)]),
    ...(origins.some(({ review }) => review) ? ['"?": to be reviewed; "review" says what.'] : []),
    ...origins.filter(({ partOf }) => partOf.length > 0).map(partLine),
    ...(services.length > 0 ? ['', introduction(extended)] : []),
  ].join('\n');
}

function rowOf({ service, purpose, origin, counts, review }: NewOrigin): string[] {
  const sum = counts.reduce((total, { count }) => total + count, 0);
  const pages = [...new Set(counts.map(({ page }) => page))];
  const shown = pages.slice(0, MOST_PAGES).join(', ');
  return [
    service,
    purpose + (review ? ' ?' : ''),
    origin,
    [...new Set(counts.map(({ kind }) => kind))].join(', '),
    String(sum),
    pages.length > MOST_PAGES ? `${shown} …` : shown,
  ];
}

function partLine({ origin, partOf }: NewOrigin): string {
  return `${origin}: the policy has paths of it (${partOf.join(', ')}). Reports do not tell which were asked for: find out before you add more.`;
}

function introduction(extended: readonly string[]): string {
  const places = extended.length > 0 ? `; ${extended.join(', ')} in the place of what is there, with more origins` : '';
  return `For "services" in the policy, once you have reviewed it${places}:`;
}
