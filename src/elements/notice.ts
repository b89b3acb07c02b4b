import type { Opens } from '../page/decisions/reopening';
import { wordsFor, type Interface } from './interface';
import { loadAgain } from './load-again';
import type { Action } from './theme';
import type { Words } from './words';

/** Says that every consent has been taken back, in the banner’s place, until it is closed. */
export function sayWithdrawn(ui: Interface, control: HTMLElement): void {
  showNotice(ui, 'withdrawn', { control });
}

/** Says that what the visitor has allowed does not come by itself, where no placeholder does. */
export function sayStaysClosed(ui: Interface, opens: Opens): void {
  if (opens === 'elsewhere') showNotice(ui, 'cannot');
  else showNotice(ui, 'allowed', { actions: (words) => [loadAgain(ui, words)] });
}

interface NoticeOptions {
  /** What it was done by: gets the focus back. */
  control?: HTMLElement;
  /** What the visitor can do about it, in their language. */
  actions?(words: Words): Action[];
}

function showNotice(ui: Interface, key: string, { control, actions }: NoticeOptions = {}): void {
  const place = ui.bannerPlace();
  const act = () => {
    place.clear();
    control?.focus();
  };
  // What loads the page again has it begin where the visitor was.
  const fromWhereTheyWere = (action: Action): Action => ({
    ...action,
    act(button) {
      place.giveFocusBack();
      return action.act(button);
    },
  });
  place.show(() => {
    const words = wordsFor(ui);
    const offered = actions?.(words) ?? [];
    const close: Action = { label: words.say('close'), kind: 'other', act };
    return { title: words.say(key), body: [], actions: [...offered.map(fromWhereTheyWere), close] };
  });
}
