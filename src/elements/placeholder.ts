import { attempt } from './attempt';
import { paragraphs } from './element';
import { shownTo, wordsFor, type Interface } from './interface';
import { openPreferences } from './preferences-dialog';
import type { Action } from './theme';
import { setShown } from '../page/set-shown';
import { directionOf } from './words';

/**
 * `<cookie-placeholder data-service="…">`: what is missing here, who it comes from, and how to allow it. With
 * `data-host` alone, it is content that no service declares. One of the page’s own is hidden while its service is allowed.
 */
export function connectPlaceholder(ui: Interface, host: HTMLElement): () => void {
  const { gatekeeper, policy, theme } = ui;
  const words = wordsFor(ui);
  const { say, text } = words;
  const service = policy.services.find(({ id }) => id === host.dataset.service);
  host.lang = words.language;
  host.dir = directionOf(words.language);
  host.style.overflow = 'auto';
  if (!service) {
    // Asked about a name that nothing has, the gatekeeper says so.
    if (host.dataset.service) gatekeeper.allows(host.dataset.service);
    // Without a button, scrolling it needs the focus.
    host.tabIndex = 0;
    const site = host.dataset.host ?? host.dataset.service ?? '';
    host.replaceChildren(theme.placeholder({ title: say('placeholderTitle', { service: site }), body: paragraphs(say('placeholderUndeclared', { host: site })), actions: [] }));
    return () => {};
  }
  const name = text(service.name);
  const shown = shownTo(ui, words);
  const actions: Action[] = [
    { label: say('allowOnce', { service: name }), kind: 'choice', act: (button) => attempt(ui, button, () => gatekeeper.allowOnce(service.id, shown)) },
    { label: say('allow', { service: name }), kind: 'choice', act: (button) => attempt(ui, button, () => gatekeeper.set({ [service.id]: true }, shown)) },
    { label: say('preferencesTitle'), kind: 'other', act: (button) => openPreferences(ui, button) },
  ];
  const body = paragraphs(text(service.description), say('placeholderText', { provider: text(service.provider) }));
  host.replaceChildren(theme.placeholder({ title: say('placeholderTitle', { service: name }), body, actions }));
  // One that the page has put in the place of something stays as long as that is missing.
  if (host.dataset.host) return () => {};
  const update = () => setShown(host, !gatekeeper.allows(service.id));
  update();
  gatekeeper.addEventListener('consentchange', update);
  return () => gatekeeper.removeEventListener('consentchange', update);
}
