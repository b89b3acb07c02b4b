import { builtIn } from '../dom/built-in';
import { wordsFor, type Interface } from './interface';

/**
 * Shows something in the visitor’s language, and again when the document’s has become another.
 * @param show what to do; it returns what undoes it
 * @returns what undoes it all
 */
export function followLanguage(ui: Interface, show: () => () => void): () => void {
  let { language } = wordsFor(ui);
  let undo = show();
  const observer = new MutationObserver(() => {
    const now = wordsFor(ui).language;
    if (now === language) return;
    language = now;
    undo();
    undo = show();
  });
  observer.observe(builtIn(document).documentElement, { attributeFilter: ['lang'] });
  return () => {
    observer.disconnect();
    undo();
  };
}
