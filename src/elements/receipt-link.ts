import type { Receipt } from '../consent/receipt';
import { element } from './element';
import type { Words } from './words';

/** By which visitors get the proof of their last decision, where there is one. */
export function receiptLink({ say }: Words): { link: HTMLElement; show(receipt: Receipt | undefined): void } {
  const link = element('a', { download: 'consent-receipt.json' }, say('receipt'));
  return {
    link,
    show(receipt) {
      link.hidden = !receipt;
      if (receipt) link.href = `data:application/json,${encodeURIComponent(JSON.stringify(receipt, null, 2))}`;
    },
  };
}
