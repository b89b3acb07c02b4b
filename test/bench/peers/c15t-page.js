// What a site writes to have a banner with c15t, as its documentation does ("Building UI", "Vanilla DOM Example").
import { getOrCreateConsentRuntime } from 'c15t';

const { consentStore } = getOrCreateConsentRuntime({
  mode: 'offline',
  consentCategories: ['necessary', 'measurement', 'marketing'],
  ...window.consentOptions,
});

const banner = document.createElement('div');
banner.id = 'consent-banner';
banner.setAttribute('role', 'dialog');
banner.setAttribute('aria-label', 'Cookie consent');
banner.style.cssText =
  'position:fixed;bottom:0;left:0;right:0;padding:1em;background:#fff;border-top:1px solid;display:none';
banner.innerHTML = `
  <p>We use cookies to improve your experience.</p>
  <div>
    <button id="consent-accept">Accept All</button>
    <button id="consent-reject">Reject</button>
    <button id="consent-customize">Customize</button>
  </div>
`;
document.body.appendChild(banner);
banner.querySelector('#consent-accept').addEventListener('click', () => consentStore.getState().saveConsents('all'));
banner
  .querySelector('#consent-reject')
  .addEventListener('click', () => consentStore.getState().saveConsents('necessary'));
banner
  .querySelector('#consent-customize')
  .addEventListener('click', () => consentStore.getState().setActiveUI('dialog'));

const show = ({ activeUI }) => {
  banner.style.display = activeUI === 'banner' ? 'block' : 'none';
};
consentStore.subscribe(show);
show(consentStore.getState());
