import { z } from 'zod';
import { textKeys } from '../elements/texts/languages';

const BY_LANGUAGE = 'write texts by language, such as { "fr": { "acceptAll": "Tout accepter" } }';
const KEYS = `no text of the interface has this key. Keys: ${textKeys.join(', ')}; for a purpose of your own, purpose-… and purpose-…-text`;

/** Texts of the interface in the site's own words, by language and key. */
export const textsSchema = z
  .record(
    z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/),
    z.record(
      z.string().regex(new RegExp(`^(${textKeys.join('|')}|purpose-[a-z][a-z0-9-]*)$`)),
      z.string({ error: 'write a text' }),
      {
        error: ({ code }) => (code === 'invalid_key' ? KEYS : BY_LANGUAGE),
      },
    ),
    { error: BY_LANGUAGE },
  )
  .describe(
    'Texts of the interface in the site’s own words, by language and key: `{ "fr": { "acceptAll": "Tout accepter" } }`.',
  );
