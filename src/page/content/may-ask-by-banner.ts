import type { Asks } from '../../compiled-policy/asks';

/** Whether a banner may ask in this window; in a frame, only where nobody around it does. */
export function mayAskByBanner({ pages, embeds }: Asks): boolean {
  return window === top ? pages !== 'placeholders' : embeds === 'banner';
}
