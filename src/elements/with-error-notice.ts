import { wordsFor, type Interface } from './interface';

/** What said last that something went wrong, by the controls that it stands beside. */
const alerts = new WeakMap<HTMLElement, HTMLElement>();

/**
 * Puts a decision into force, and shows at once that it does. Says so beside its controls when it could not be recorded,
 * or is none that this browser can put into force.
 * @param failure the text that says that something else went wrong
 * @returns whether it was
 */
export async function withErrorNotice(
  ui: Interface,
  controls: HTMLElement,
  decide: () => Promise<unknown>,
  failure = 'failed',
): Promise<boolean> {
  const { style, ariaBusy } = controls;
  if (ariaBusy === 'true') return false; // It was pressed before.
  alerts.get(controls)?.remove();
  // Not `disabled`, which would take the focus.
  const { opacity } = style;
  controls.ariaBusy = 'true';
  style.opacity = '0.5';
  try {
    await decide();
    return true;
  } catch (error) {
    console.error(error);
    const isUnguarded = error instanceof Error && error.name === 'GuardError';
    const alert = ui.theme.alert(wordsFor(ui).say(isUnguarded ? 'cannot' : failure));
    controls.after(alert);
    alerts.set(controls, alert);
    // What stays in sight at the end of a dialog may stand before it.
    alert.scrollIntoView({ block: 'nearest' });
    return false;
  } finally {
    controls.ariaBusy = ariaBusy;
    style.opacity = opacity;
  }
}
