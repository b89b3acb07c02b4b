import { wordsFor, type Interface } from './interface';

/** Puts a decision into force. Says so beside its controls when it could not be recorded. */
export async function attempt(ui: Interface, controls: Element, decide: () => Promise<unknown>): Promise<boolean> {
  if (controls.nextElementSibling?.role === 'alert') controls.nextElementSibling.remove();
  try {
    await decide();
    return true;
  } catch (error) {
    console.error(error);
    controls.after(ui.theme.alert(wordsFor(ui).say('failed')));
    return false;
  }
}
