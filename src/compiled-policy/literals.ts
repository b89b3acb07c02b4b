/** The words that a policy's options are chosen from. Apart from the schema, which browsers are not to load. */
/** `report`: nothing is refused, and what would have been is listed. */
export const MODES = ['enforce', 'report'] as const;
export const WALLS = ['strict', 'live', 'off'] as const;
export const UNDECLARED = ['refuse', 'report'] as const;
export const LOCKS = ['header', 'meta', 'tag'] as const;
export const SIGNALS = ['refuse', 'ignore', 'answer'] as const;
/** How a page asks for consent: by a banner, or in the place of what is missing only. */
export const ASKS = ['banner', 'placeholders'] as const;
export const ACCESSES = ['full', 'origin-only', 'without-credentials'] as const;

/** The purposes that there are texts for, in the order that visitors see them. */
export const PURPOSES = ['necessary', 'statistics', 'first-party', 'third-party'] as const;
