import { html } from 'hono/html';

export { html };
/** A piece of a page, escaped. */
export type Html = ReturnType<typeof html>;
