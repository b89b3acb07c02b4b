import type { Engine } from '../browsers';
import type { Difference } from './differences';

interface Known {
  /** The places of the difference. */
  where: RegExp;
  /** In one only, if named. */
  engine?: Engine;
  /** What docs/limits.md says of it. */
  sentence: string;
}

/** Every difference that is permitted. Those that depend on timing are not always there. */
export const KNOWN: Known[] = [
  { where: /headers › service-worker-navigation-preload$/, sentence: 'with `Service-Worker-Navigation-Preload: true`' },
  {
    where: /headers › sec-fetch-site$/,
    engine: 'firefox',
    sentence: '`Sec-Fetch-Site: same-origin`',
  },
  {
    where: /headers › (priority|sec-fetch-user)$/,
    engine: 'firefox',
    sentence: 'In Firefox it has no `Sec-Fetch-User`, another `Priority`',
  },
  {
    where: /GET \/(account|long) › \d › headers › cache-control$/,
    engine: 'firefox',
    sentence: '`Cache-Control: max-age=0` when reloaded',
  },
  { where: /GET \/hinted\.css$/, engine: 'firefox', sentence: 'no early hints' },
  { where: /navigation › (size › \d|protocol)$/, sentence: 'Its Navigation Timing has no size and no protocol' },
  {
    where: /\/redirect\/nowhere › shown › navigation › status$/,
    sentence: 'no status where a redirect names no address',
  },
  {
    where: /^(links|a log-in by form|history).* › referrer$/,
    engine: 'firefox',
    sentence: 'no `document.referrer` after a link of the site',
  },
  {
    where: /GET \/\S*(worker-|v2\/|dependency)\S* › \d › (for|headers › sec-fetch-dest)$/,
    sentence: 'have `Sec-Fetch-Dest: empty`',
  },
  {
    where: /GET \/(v2\/(classic|module|shared)|worker-typed-wrongly)\.js › 1$/,
    sentence: 'are asked for twice where they redirect, or are none',
  },
  {
    where: /POST \/echo\?ping › 0 › headers › accept/,
    engine: 'firefox',
    sentence: 'a `ping` has headers like `Accept`',
  },
  { where: /GET \/broken\/\S+ › \d+$/, sentence: 'one **whose connection fails**, twice' },
  {
    where: /^the console says › .*(\/broken\/|A ServiceWorker |worker-typed-wrongly|no-events)/,
    sentence: 'the console names another cause, or none',
  },
  {
    where: /^document \/broken\/(short|chunked) › shown › (title|text)$/,
    sentence: 'Of one that breaks off, the end may not be shown',
  },
  {
    where: /^the console says › .*(no service workers here|stored consent cannot be read|\/inner\?sandboxed)/,
    sentence: '**A sandboxed frame of the site** passes no worker',
  },
];

export function isKnown({ where }: Difference, engine: Engine): boolean {
  return KNOWN.some((known) => known.where.test(where) && (known.engine ?? engine) === engine);
}
