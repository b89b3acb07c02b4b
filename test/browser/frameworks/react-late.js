import { createElement, lazy, Suspense } from 'react';
import { hydrateRoot } from 'react-dom/client';

const frameOf = ({ src }) => createElement('iframe', { src, width: 400, height: 300 });

export const Late = ({ item }) => createElement('section', null, 'Late ', frameOf(item));

/** A frame, and another one in a part whose script may come later. */
export function View({ items, Part }) {
  const [first, ...others] = items;
  return createElement(
    'div',
    null,
    frameOf(first),
    createElement(Suspense, { fallback: 'Wait' }, createElement(Part, { item: others.at(-1) })),
  );
}

export function start({ state }) {
  const arrived = new Promise((resolve) => {
    window.arrive = () => resolve({ default: Late });
  });
  hydrateRoot(document.querySelector('main'), createElement(View, { ...state, Part: lazy(() => arrived) }));
}
