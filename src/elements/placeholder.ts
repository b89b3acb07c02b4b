import { withErrorNotice } from './with-error-notice';
import { element, paragraphs } from './element';
import { loadAgain } from './load-again';
import { shownTo, wordsFor, type Interface } from './interface';
import { openPreferences } from './preferences-dialog';
import type { Action } from './theme';
import { serviceWorkers } from '../page/worker/service-workers';
import { setPrompted } from '../page/content/set-prompted';
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
    host.replaceChildren(
      theme.placeholder({
        title: say('placeholderTitle', { service: site }),
        body: paragraphs(say('placeholderUndeclared', { host: site })),
        actions: [],
      }),
    );
    return () => {};
  }
  const name = text(service.name);
  const shown = shownTo(ui, words);
  const { host: origin, url, opens } = host.dataset;
  const decide = (choose: () => Promise<unknown>) => (button: HTMLElement) => {
    ui.isInPlace = !!origin;
    return withErrorNotice(ui, button, choose);
  };
  const once: Action = {
    label: say('allowOnce', { service: name }),
    kind: 'choice',
    act: decide(() => gatekeeper.allowOnce(service.id, shown)),
  };
  const always: Action = {
    label: say('allow', { service: name }),
    kind: 'choice',
    act: decide(() => gatekeeper.set({ [service.id]: true }, shown)),
  };
  const preferences: Action = {
    label: say('preferencesTitle'),
    kind: 'other',
    act: (button) => openPreferences(ui, button),
  };
  if (opens) {
    const isElsewhere = opens === 'elsewhere';
    const onclick = (event: Event) => {
      event.preventDefault();
      void gatekeeper.reopen();
    };
    // A page that answers a form is asked for anew, which is what a link does.
    const link = isElsewhere
      ? element('a', { href: url, target: '_blank', rel: 'noreferrer' }, say('openAt', { host: origin! }))
      : element('a', { href: location.href.replace(/#.*/, ''), onclick }, say('loadAgain'));
    const isButton = opens === 'again';
    const body = [
      ...paragraphs(say(isElsewhere ? 'cannot' : 'allowed')),
      ...(isButton ? [] : [element('p', {}, link)]),
    ];
    host.replaceChildren(
      theme.placeholder({ title: name, body, actions: isButton ? [loadAgain(ui, words), preferences] : [preferences] }),
    );
  } else {
    const body = paragraphs(text(service.description), say('placeholderText', { provider: text(service.provider) }));
    // Only a worker can allow it for one page.
    const actions = [...(serviceWorkers() ? [once] : []), always, preferences];
    host.replaceChildren(theme.placeholder({ title: say('placeholderTitle', { service: name }), body, actions }));
  }
  // One that the page has put in the place of something stays as long as that is missing.
  if (host.dataset.host) return () => {};
  const update = () => setPrompted(host, !gatekeeper.allows(service.id));
  update();
  gatekeeper.addEventListener('consentchange', update);
  return () => gatekeeper.removeEventListener('consentchange', update);
}
