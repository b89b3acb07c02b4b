import { builtIn } from '../dom/built-in';
import { asksByBanner } from './asks-by-banner';
import { bannerOf, connectBanner, inheritFromBody } from './banner';
import { listenToControls } from './controls';
import { defineElement } from './element';
import { followLanguage } from './follow-language';
import type { Interface } from './interface';
import type { Connect, Preferences } from './start-preferences';
import { adoptStyles } from './adopt-styles';

/** Puts the interface into this page: its styles, its elements, and the controls that open it. */
export function startInterface(ui: Interface): void {
  const define = (name: string, connect: Connect) =>
    defineElement(name, (host) => followLanguage(ui, () => connect(ui, host)));
  adoptStyles(ui.theme.styles);
  let askAgain = () => {};
  define('cookie-banner', (ui, host) => {
    const disconnect = connectBanner(ui, host);
    return () => {
      disconnect();
      queueMicrotask(() => askAgain()); // What takes one out may put one in.
    };
  });
  define('cookie-placeholder', connectLater('placeholder'));
  define('cookie-preferences', connectLater('preferences'));
  define('cookie-policy', connectLater('policy'));
  listenToControls(ui);
  sayWhatStaysClosed(ui);
  void ui.gatekeeper.readyToAsk.then(() => (askAgain = keepUp(ui)));
}

/** Connects an element once that is loaded which it shows. */
function connectLater(name: keyof Preferences['connect']): Connect {
  return (ui, host) => {
    // At once where that can be: a placeholder that takes another's place takes its focus.
    if (ui.preferences) return ui.preferences.connect[name](host);
    let isGone = false;
    let disconnect = () => {};
    ui.loadPreferences().then(({ connect }) => {
      if (!isGone) disconnect = connect[name](host);
    }, console.warn);
    return () => {
      isGone = true;
      disconnect();
    };
  };
}

/**
 * Asks on this page, and on those that a single-page application makes of it.
 * @returns what asks again where the page has taken its banner out
 */
function keepUp(ui: Interface): () => void {
  let beside: Element | undefined;
  const observer = new MutationObserver(update);
  function update(): void {
    const { body } = builtIn(document);
    inheritFromBody();
    // A banner that an extension has taken out of the page is not put back, unless what was beside it has gone as well.
    if (!body || beside?.isConnected || ui.gatekeeper.consent.toAsk.length === 0 || !asksByBanner(ui.policy)) return;
    const { nextElementSibling, parentElement } = bannerOf();
    beside = nextElementSibling === body ? (body.firstElementChild ?? body) : (nextElementSibling ?? parentElement!);
    observer.observe(body, { attributes: true });
  }
  observer.observe(builtIn(document).documentElement, { childList: true, attributes: true });
  ui.gatekeeper.addEventListener('consentchange', update);
  window.addEventListener('load', update);
  update();
  return update;
}

/** Says that what the visitor has allowed does not come by itself, where a placeholder does not. */
function sayWhatStaysClosed(ui: Interface): void {
  ui.gatekeeper.addEventListener('stayclosed', ({ detail: { opens } }) => {
    if (!ui.isInPlace) ui.loadPreferences().then(({ sayStaysClosed }) => sayStaysClosed(opens), console.warn);
  });
}
