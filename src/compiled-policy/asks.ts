/** Where the site asks by a banner, as its policy says. Placeholders ask in every case. */
export interface Asks {
  pages?: 'banner' | 'placeholders';
  embeds?: 'banner' | 'placeholders';
}
