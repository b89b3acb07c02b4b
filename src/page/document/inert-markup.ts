/** Says whose it is. */
export const MARKED = ':is([data-service],[data-category])';

/** The attributes by which elements load something. In inert markup, `data-` stands before their names. */
export const ADDRESSES = ['href', 'src', 'srcset', 'poster', 'data'] as const;

/** What embeds other documents. */
export const EMBEDDED = 'iframe,frame,embed,object';

/**
 * Inert markup, as other consent managers write it. What stands directly in a player or picture that is marked, is marked
 * with it.
 */
export const INERT = `:is(script[type="text/plain"],:is(${EMBEDDED},img,video,audio,source,track,link):is(${ADDRESSES.map((name) => `[data-${name}]`)})):is(${MARKED},:is(video,audio,picture)${MARKED}>*)`;
