import { renderStreamMessage, visit } from '@hotwired/turbo';

const rendered = () => new Promise((resolve) => addEventListener('turbo:load', resolve, { once: true }));

/** By turns a visit, whose body replaces that of the page, and a stream, which changes it as little as it can. */
window.render = async (state) => {
  const address = `${location.pathname}?state=${encodeURIComponent(JSON.stringify(state))}`;
  const isVisit = (window.turns = (window.turns ?? 0) + 1) % 2;
  if (isVisit) {
    const done = rendered();
    visit(address);
    return done;
  }
  const sent = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
  const method = window.turns % 4 ? 'method="morph"' : '';
  renderStreamMessage(
    `<turbo-stream action="update" ${method} target="app"><template>${sent.querySelector('main').innerHTML}</template></turbo-stream>`,
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
};
window.back = () => {
  const done = rendered();
  history.back();
  return done;
};
window.unmount = () => renderStreamMessage('<turbo-stream action="update" target="app"></turbo-stream>');
