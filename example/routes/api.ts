import { Hono } from 'hono';
import { randomInt } from 'node:crypto';
import { countries, countryName } from '../data/countries';
import { findDataset } from '../data/datasets';
import type { DataRecord, Value } from '../data/dataset';
import { sameToken } from '../same-token';
import { inLanguage, type Language } from '../texts/language';
import type { PortalEnv } from '../visit';

const RECORDS_AT_ONCE = 100;

/** The JSON API. Like Django's, it wants the CSRF token repeated in a header before it changes anything. */
export const api = new Hono<PortalEnv>();

api.use(async (c, next) => {
  const reading = ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method);
  if (!reading && !sameToken(c.req.header('x-csrftoken'), c.var.visit.csrfToken)) {
    return c.json(
      { error: 'CSRF token missing or incorrect: repeat the csrftoken cookie in the header X-CSRFToken' },
      403,
    );
  }
  await next();
});

api.get('/records', (c) => {
  const dataset = findDataset(c.req.query('dataset') ?? '');
  if (!dataset) return c.json({ error: 'No such dataset' }, 404);
  const limit = Math.min(Number(c.req.query('limit') ?? RECORDS_AT_ONCE) || 0, RECORDS_AT_ONCE);
  const results = dataset.records.slice(0, limit).map((record) => localRecord(record, c.var.visit.language));
  return c.json({ total_count: dataset.records.length, results });
});

api.post('/problems', async (c) => {
  const { dataset, message } = await c.req
    .json<{ dataset?: unknown; message?: unknown }>()
    .catch(() => ({ dataset: undefined, message: undefined }));
  if (!findDataset(String(dataset))) return c.json({ error: 'No such dataset' }, 404);
  if (typeof message !== 'string' || !message.trim()) return c.json({ error: 'The message is empty' }, 400);
  return c.json({ reference: `P-${randomInt(10_000, 100_000)}` }, 201);
});

function localRecord(record: DataRecord, language: Language): Record<string, unknown> {
  const local = (value: Value) => (typeof value === 'number' ? value : inLanguage(value, language));
  const [latitude, longitude] = countries[record.country]!;
  return {
    ...Object.fromEntries(Object.entries(record).map(([field, value]) => [field, local(value)])),
    country: countryName(record.country, language),
    geo_point: { lat: latitude, lon: longitude },
  };
}
