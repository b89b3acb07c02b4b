import { adoptAll } from './adopt-all';
import { keepStyled } from './adopt-styles';
import { withErrorNotice } from './with-error-notice';
import { element, setAttributes } from './element';
import { loadAgain } from './load-again';
import { shownTo, wordsFor, type Interface } from './interface';
import { openDetails } from './service-details';
import type { AskedService } from './shown-policy';
import type { WholeInterface } from './start-preferences';
import type { Action, PlaceholderContent } from './theme';
import { serviceWorkers } from '../page/worker/service-workers';
import { setPrompted } from '../page/content/set-prompted';
import { webUrl } from '../page/content/web-url';
import type { Words } from './words';

/**
 * `<cookie-placeholder data-service="…">`: what is missing here, who it comes from, and how to allow it. With
 * `data-host` alone, it is content that no service declares. One of the page’s own is hidden while its service is allowed.
 */
export function connectPlaceholder(ui: WholeInterface, host: HTMLElement): () => void {
  const { gatekeeper, policy } = ui;
  const service = policy.services.find(({ id }) => id === host.dataset.service);
  showPoster(host);
  show(ui, host, service);
  // Asked about a name that nothing has, the gatekeeper says so.
  if (!service && host.dataset.service) gatekeeper.allows(host.dataset.service);
  // One that the page has put in the place of something stays as long as that is missing.
  if (!service || host.dataset.host) return () => {};
  const update = () => setPrompted(host, !gatekeeper.allows(service.id) || !!host.dataset.opens);
  update();
  // The page's script says so where it is allowed, and the page stays closed to it.
  const observer = new MutationObserver(() => {
    show(ui, host, service);
    update();
  });
  observer.observe(host, { attributeFilter: ['data-opens'] });
  gatekeeper.addEventListener('consentchange', update);
  return () => {
    observer.disconnect();
    gatekeeper.removeEventListener('consentchange', update);
  };
}

function show(ui: WholeInterface, host: HTMLElement, service: AskedService | undefined): void {
  const words = wordsFor(ui);
  setAttributes(host, words.attributes);
  const hasFocus = host.matches(':focus-within');
  host.replaceChildren(ui.theme.placeholder(service ? contentFor(ui, host, words, service) : undeclared(host, words)));
  const adopt = () => adoptAll(ui, host.getRootNode());
  adopt();
  keepStyled(host.firstElementChild!, adopt);
  if (hasFocus) host.querySelector<HTMLElement>('button,a')?.focus({ preventScroll: true });
}

/** Behind it, the picture that the page has for what is missing, if it is the site’s own. */
function showPoster({ dataset, style }: HTMLElement): void {
  const poster = dataset.poster && webUrl(dataset.poster);
  if (poster?.startsWith(`${origin}/`)) style.background = `url("${poster}") center / cover`;
}

function undeclared({ dataset }: HTMLElement, { say }: Words): PlaceholderContent {
  const site = dataset.host ?? dataset.service ?? '';
  return {
    title: say('placeholderTitle', { service: site }),
    text: say('placeholderUndeclared', { host: site }),
    actions: [],
  };
}

function contentFor(ui: WholeInterface, host: HTMLElement, words: Words, service: AskedService): PlaceholderContent {
  const { say, text } = words;
  const [name, provider] = [text(service.name), text(service.provider)];
  const whose = name.includes(provider) ? name : `${name} (${provider})`;
  const content = host.dataset.opens
    ? { title: whose, ...reopening(ui, host, words) }
    : {
        title: say('placeholderTitle', { service: whose }),
        text: say('placeholderText', { provider }),
        actions: choices(ui, host, words, service, name),
      };
  return { ...content, more: details(ui, host, words, service) };
}

/** What opens all that a placeholder has no room for. */
function details(ui: WholeInterface, host: HTMLElement, { say, text }: Words, service: AskedService): Action {
  const label = say('placeholderMore');
  return {
    label,
    name: `${label}: ${text(service.name)}`,
    kind: 'other',
    act: (button) =>
      openDetails(ui, button, service.id, {
        offer: (words) => contentFor(ui, host, words, service),
        otherwise: () => host.querySelector<HTMLElement>('.cookie-gatekeeper-more')?.focus(),
      }),
  };
}

/** To allow it for once, which only a worker can, and always. */
function choices(ui: Interface, host: HTMLElement, words: Words, { id }: AskedService, name: string): Action[] {
  const { gatekeeper } = ui;
  const shown = shownTo(ui, words);
  const choice = (key: string, choose: () => Promise<unknown>): Action => {
    const label = words.say(key, { service: name });
    return {
      label,
      name: `${label}: ${name}`,
      kind: 'choice',
      act(button) {
        ui.isInPlace = !!host.dataset.host;
        return withErrorNotice(ui, button, choose);
      },
    };
  };
  const always = choice('allow', () => gatekeeper.set({ [id]: true }, shown));
  return serviceWorkers() ? [choice('allowOnce', () => gatekeeper.allowOnce(id, shown)), always] : [always];
}

/** How to see what is allowed, and does not come by itself. */
function reopening(
  ui: Interface,
  { dataset: { opens, url, host } }: HTMLElement,
  words: Words,
): Pick<PlaceholderContent, 'text' | 'link' | 'actions'> {
  const { say } = words;
  if (opens === 'elsewhere')
    return {
      text: say('cannot'),
      // Of one that the site has put in, nobody knows the address.
      ...(url && {
        link: element('a', { href: url, target: '_blank', rel: 'noreferrer' }, say('openAt', { host: host! })),
      }),
      actions: [],
    };
  const text = say('allowed');
  if (opens === 'again') return { text, actions: [loadAgain(ui, words)] };
  const onclick = (event: Event) => {
    event.preventDefault();
    void ui.gatekeeper.reopen();
  };
  // A page that answers a form is asked for anew, which is what a link does.
  const link = element('a', { href: location.href.replace(/#.*/, ''), onclick }, say('loadAgain'));
  return { text, link, actions: [] };
}
