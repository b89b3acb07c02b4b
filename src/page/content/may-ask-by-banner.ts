/** Where the site asks by a banner, as its policy says. Placeholders ask in every case. */
export interface Asks {
  pages?: 'banner' | 'placeholders';
  embeds?: 'banner' | 'placeholders';
}

/** Whether a banner may ask in this window; in a frame, only where nobody around it does. */
export function mayAskByBanner({ pages, embeds }: Asks): boolean {
  return window === top ? pages !== 'placeholders' : embeds === 'banner';
}
