import { asksByBanner } from './asks-by-banner';
import { bannerOf, connectBanner, showNotice } from './banner';
import { listenToControls } from './controls';
import { defineElement } from './element';
import { loadAgain } from './load-again';
import { wordsFor, type Interface } from './interface';
import { connectPlaceholder } from './placeholder';
import { connectPolicy } from './policy-table';
import { connectPreferences } from './preferences';

/** Puts the interface into this page: its styles, its elements, and the controls that open it. */
export function startInterface(ui: Interface): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ui.theme.styles ?? '');
  document.adoptedStyleSheets.push(sheet);
  defineElement('cookie-banner', (host) => connectBanner(ui, host));
  defineElement('cookie-preferences', (host) => connectPreferences(ui, host));
  defineElement('cookie-placeholder', (host) => {
    // One may stand in a shadow tree, which the document's styles do not reach.
    const { adoptedStyleSheets } = host.getRootNode() as Document | ShadowRoot;
    if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
    return connectPlaceholder(ui, host);
  });
  defineElement('cookie-policy', (host) => connectPolicy(ui, host));
  listenToControls(ui);
  sayWhatStaysClosed(ui);
  void ui.gatekeeper.ready.then(() => keepUp(ui));
}

/** Asks on this page, and on those that a single-page application makes of it. */
function keepUp(ui: Interface): void {
  let asking: HTMLElement | undefined;
  const update = () => {
    // A new body, and a banner that an extension has taken out of the old one is not put back.
    if (
      !document.body ||
      document.body === asking ||
      ui.gatekeeper.consent.toAsk.length === 0 ||
      !asksByBanner(ui.policy)
    )
      return;
    asking = document.body;
    bannerOf(asking);
  };
  new MutationObserver(update).observe(document.documentElement, { childList: true });
  ui.gatekeeper.addEventListener('consentchange', update);
  update();
}

/** Says that what the visitor has allowed does not come by itself, where a placeholder does not. */
function sayWhatStaysClosed(ui: Interface): void {
  const { gatekeeper } = ui;
  gatekeeper.addEventListener('stayclosed', ({ detail: { opens } }) => {
    if (ui.isInPlace) return;
    if (opens === 'elsewhere') showNotice(ui, 'cannot');
    else showNotice(ui, 'allowed', undefined, loadAgain(ui, wordsFor(ui)));
  });
}
