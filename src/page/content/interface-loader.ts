import { builtIn } from '../../dom/built-in';
import type { Gatekeeper } from '../gatekeeper';
import type { Asks } from '../../compiled-policy/asks';
import { mayAskByBanner } from './may-ask-by-banner';
import { preferencesControl } from './preferences-control';
import { watchElements } from './watch-elements';

/** What only the interface can show. */
const SHOWN = 'cookie-policy,cookie-preferences,cookie-placeholder';

/**
 * Loads the interface when it is needed, and not before: to ask, to show what the page has of it, or because
 * the visitor wants it. A visitor who has decided loads nothing.
 * @returns when the visitor sees that it asks, or it is known that nobody has to be asked. Never rejects
 */
export function loadInterface(gatekeeper: Gatekeeper, asks: Asks, start: () => Promise<void>): Promise<unknown> {
  let loading: Promise<unknown> | undefined;
  const say = (error: unknown) =>
    console.warn(
      'cookie-gatekeeper: gatekeeper-interface.js was not loaded, so nobody is asked. Serve it beside gatekeeper.js, or set data-base on the tag.',
      error,
    );
  const load = () => (loading ??= start().catch(say).finally(stop));
  const loadToAsk = async () => {
    if (gatekeeper.consent.toAsk.length === 0 || !mayAskByBanner(asks)) return;
    await load();
    await painted();
  };
  const onChange = () => void loadToAsk();
  const onClick = async (event: Event) => {
    const control = preferencesControl(event);
    if (!control) return;
    event.preventDefault();
    await load();
    // The interface listens now. Should it be missing, a link goes where it leads.
    control.click();
  };
  const stop = () => {
    builtIn(document).removeEventListener('click', onClick);
    gatekeeper.removeEventListener('consentchange', onChange);
  };

  watchElements(SHOWN, () => void gatekeeper.ready.then(load));
  builtIn(document).addEventListener('click', onClick);
  gatekeeper.addEventListener('consentchange', onChange);
  return gatekeeper.readyToAsk.then(loadToAsk);
}

/** A page that nobody sees is not painted. */
const PAINT_LIMIT_MS = 100;

/** Resolves when what is there has been painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAINT_LIMIT_MS);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
