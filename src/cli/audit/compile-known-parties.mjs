import { readFile } from 'node:fs/promises';

/** Of a description, what a visitor needs to read. */
const MOST_CHARACTERS = 240;

/**
 * Who is known by which hosts and cookies, for `cookie-gatekeeper audit`: third-party-web (MIT) and the Open Cookie Database
 * (Apache-2.0, as @slashgear/gdpr-cookie-scanner brings it), without what the audit does not read. Their licences are in NOTICE.
 * @returns JSON: `{ parties: [name, company, kind, "host *.host …"][], cookies: [name, provider, kind, lifetime, description][] }`
 */
export async function knownParties() {
  const entities = await json('third-party-web/dist/entities-nostats.json');
  const database = await json('@slashgear/gdpr-cookie-scanner', 'data/open-cookie-database.json');
  const parties = entities.map(({ name, company = '', category, domains }) => [
    name,
    company,
    category,
    domains.join(' '),
  ]);
  const cookies = Object.entries(database).flatMap(([provider, rows]) =>
    rows.map(({ cookie, wildcardMatch, category, retentionPeriod, description }) => [
      wildcardMatch === '1' ? `${cookie}*` : cookie,
      provider,
      category.toLowerCase(),
      retentionPeriod,
      shortened(description),
    ]),
  );
  return JSON.stringify({ parties, cookies });
}

/** Whole sentences, as many as there is room for; the first in any case. */
function shortened(text) {
  const sentences = text.trim().split(/(?<=[.!?])\s+/);
  let short = sentences.shift() ?? '';
  for (const sentence of sentences) {
    if (short.length + sentence.length >= MOST_CHARACTERS) break;
    short += ` ${sentence}`;
  }
  return short;
}

async function json(module, beside = '') {
  return JSON.parse(await readFile(new URL(beside, import.meta.resolve(module)), 'utf8'));
}
