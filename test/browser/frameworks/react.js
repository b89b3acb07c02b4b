import { createElement, Fragment } from 'react';
import { flushSync } from 'react-dom';
import { hydrateRoot } from 'react-dom/client';

const text = (one) => `${one.label} `;

export function List({ title, isShown, items }) {
  return createElement(
    Fragment,
    null,
    createElement('h1', null, title),
    'Before ',
    isShown &&
      items.map((one) =>
        createElement(
          Fragment,
          { key: one.key },
          text(one),
          createElement('iframe', { src: one.src, width: 400, height: 300 }),
          ' after ',
        ),
      ),
    'end',
  );
}

/** The document, where React has all of it. `lock` is in the markup where it is not sent as a header. */
export function Page({ lock, script, bundle, state }) {
  return createElement(
    'html',
    { lang: 'en' },
    createElement(
      'head',
      null,
      lock && createElement('meta', { httpEquiv: 'Content-Security-Policy', content: lock }),
      createElement('meta', { charSet: 'utf-8' }),
      createElement('title', null, state.title),
      createElement('script', { src: '/gatekeeper.js' }),
      createElement('script', { dangerouslySetInnerHTML: { __html: script } }),
      createElement('script', { defer: true, src: bundle }),
    ),
    createElement('body', null, createElement('main', { id: 'app' }, createElement(List, state))),
  );
}

/** @param isWhole whether React has all of the document, or only what is in `main` */
export function start(page, isWhole) {
  const view = (state) => (isWhole ? createElement(Page, { ...page, state }) : createElement(List, state));
  let root;
  flushSync(() => {
    root = hydrateRoot(isWhole ? document : document.querySelector('main'), view(page.state));
  });
  window.render = (state) => flushSync(() => root.render(view(state)));
  window.unmount = () => root.unmount();
}
