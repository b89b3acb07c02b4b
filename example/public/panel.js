const POLL_MS = 1000;
const REFUSALS_SHOWN = 6;
const WIDE = matchMedia('(min-width: 1100px)');

const gatekeeper = window.gatekeeper;
const panel = document.querySelector('.panel');
const head = panel.querySelector('.panel-head');
const texts = JSON.parse(panel.dataset.texts);

head.addEventListener('click', () => show(!isShown()));
WIDE.addEventListener('change', () => head.setAttribute('aria-expanded', String(isShown())));
head.setAttribute('aria-expanded', String(isShown()));

for (const input of panel.querySelectorAll('[data-allow]')) {
  input.disabled = !gatekeeper;
  input.addEventListener('change', () => decide(() => gatekeeper.set({ [input.dataset.allow]: input.checked })));
}
for (const button of panel.querySelectorAll('[data-choice]')) {
  button.disabled = !gatekeeper;
  button.addEventListener('click', () => decide(() => gatekeeper[button.dataset.choice]()));
}
gatekeeper?.addEventListener('consentchange', showConsent);
gatekeeper?.addEventListener('refusal', showRefusals);

showConsent();
showRefusals();
showCounts();
setInterval(() => {
  if (document.visibilityState === 'visible') showCounts();
}, POLL_MS);

/** Until it is opened or closed by hand, the panel is open where there is room beside the page. */
function isShown() {
  return panel.dataset.open ? panel.dataset.open === 'true' : WIDE.matches;
}

function show(open) {
  panel.dataset.open = open;
  document.body.dataset.panel = open ? 'open' : 'closed';
  head.setAttribute('aria-expanded', String(open));
}

async function decide(change) {
  try {
    await change();
    showConsent();
  } catch (error) {
    console.error(error);
    showConsent();
    panel.querySelector('[data-state]').textContent = texts.states.failed;
  }
}

function showConsent() {
  panel.querySelector('[data-state]').textContent = texts.states[gatekeeper?.consent.state ?? 'absent'];
  for (const input of panel.querySelectorAll('[data-allow]')) {
    input.checked = gatekeeper?.allows(input.dataset.allow) ?? false;
  }
}

function showRefusals() {
  // Once each, where it was asked for last.
  const refusals = new Map();
  for (const refusal of gatekeeper?.refusals ?? []) {
    const request = `${refusal.destination} ${refusal.url}`;
    refusals.delete(request);
    refusals.set(request, refusal);
  }
  panel.querySelector('[data-refused]').textContent = refusals.size > 0 ? `(${refusals.size})` : '';
  const items = [...refusals.values()].slice(-REFUSALS_SHOWN).reverse().map(refusalItem);
  panel.querySelector('[data-refusals]').replaceChildren(...(items.length > 0 ? items : [texts.noRefusals]));
}

function refusalItem({ url, destination, service, layer }) {
  const item = document.createElement('li');
  const address = document.createElement('code');
  const why = document.createElement('small');
  address.textContent = url.replace(/^https?:\/\//, '');
  why.textContent = [service ?? texts.undeclared, destination, layer].join(' · ');
  item.append(address, why);
  return item;
}

async function showCounts() {
  const services = await fetch('/what-left').then((response) => response.json(), () => []);
  for (const { id, requests, latest } of services) {
    const row = panel.querySelector(`[data-service-row="${id}"]`);
    if (!row) continue;
    showNumber(row.querySelector('[data-count]'), requests);
    if (latest) {
      const { method, path, cookie } = latest;
      row.querySelector('[data-latest]').textContent = `${cookie ? texts.withCookie : texts.withoutCookie} ${method} ${path}`;
    }
  }
  if (services.length > 0) {
    showNumber(
      panel.querySelector('[data-total]'),
      services.reduce((total, { requests }) => total + requests, 0),
    );
  }
}

function showNumber(element, number) {
  if (element.textContent === String(number)) return;
  const first = element.textContent === '';
  element.textContent = number;
  if (first) return;
  element.classList.remove('risen');
  // Reading a size makes the browser notice that the class was gone, so that the animation runs again.
  void element.offsetWidth;
  element.classList.add('risen');
}
