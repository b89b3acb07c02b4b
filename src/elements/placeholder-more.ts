import type { Interface } from './interface';
import type { AskedService } from './shown-policy';
import type { Action, PlaceholderContent } from './theme';
import { withErrorNotice } from './with-error-notice';
import type { Words } from './words';

/** What opens all that a placeholder has no room for. */
export function placeholderMore(
  ui: Interface,
  { say, text }: Words,
  { id, name }: AskedService,
  { text: body, actions }: PlaceholderContent,
): Action {
  const label = say('placeholderMore');
  return {
    label,
    name: `${label}: ${text(name)}`,
    kind: 'other',
    act: (button) =>
      withErrorNotice(
        ui,
        button,
        async () => (await ui.loadPreferences()).openDetails(button, { service: id, text: body, actions }),
        'notLoaded',
      ),
  };
}
