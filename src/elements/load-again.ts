import { withErrorNotice } from './with-error-notice';
import type { Interface } from './interface';
import type { Action } from './theme';
import type { Words } from './words';

/** Brings what the visitor has allowed, where the page is not loaded again by itself. */
export function loadAgain(ui: Interface, { say }: Words): Action {
  return {
    label: say('loadAgain'),
    kind: 'choice',
    act: (button) => withErrorNotice(ui, button, () => ui.gatekeeper.reopen()),
  };
}
