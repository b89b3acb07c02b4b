import { builtIn } from '../../dom/built-in';
import { listenToWindow } from '../../dom/listen-to-window';
import { isMessage, type Notice } from '../../messages/messages';
import { serviceWorkers } from './service-workers';

/**
 * Hears what our worker says, which the site's own listeners do not. To hear it before the page has been read, we have browsers
 * keep no messages until then; so those of the site's own are kept here, for listeners that come later.
 */
export function hearWorker(heard: (notice: Notice) => void): void {
  const serviceWorker = serviceWorkers();
  const early: MessageEvent[] = [];
  let isRead = builtIn(document).readyState !== 'loading';
  const giveOut = () => {
    isRead = true;
    for (const event of early.splice(0)) serviceWorker!.dispatchEvent(event);
  };
  const hear = (event: MessageEvent) => {
    // As browsers do for who listens by this.
    if (serviceWorker!.onmessage && !isRead) giveOut();
    const isOurs = isMessage(event.data);
    if (isOurs || !isRead) event.stopImmediatePropagation();
    if (isOurs) heard(event.data as unknown as Notice);
    // Made anew: what has been stopped stays so.
    else if (!isRead) early.push(new MessageEvent('message', event as unknown as MessageEventInit));
  };
  // Behind all that listens for this as well.
  listenToWindow('DOMContentLoaded', () => setTimeout(giveOut));
  if (!serviceWorker) return;
  serviceWorker.addEventListener('message', hear, true);
  serviceWorker.startMessages();
  // Whoever calls it has its messages without waiting for the page to be read.
  const { prototype } = ServiceWorkerContainer;
  prototype.startMessages = new Proxy(prototype.startMessages, {
    apply(start, container) {
      setTimeout(giveOut);
      return Reflect.apply(start, container, []);
    },
  });
}
