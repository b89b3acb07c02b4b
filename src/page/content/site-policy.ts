import { builtIn } from '../../dom/built-in';
import type { TrustedScripts } from '../files/trusted-scripts';

/** What a browser takes for the beginning of a tag that somebody has left open before a script, to get at its nonce. */
const DANGLING = /<script|<style/i;

/**
 * What the site's own Content-Security-Policy says to scripts that stand in markup. A script that another script inserts
 * is trusted under `'strict-dynamic'`, and what we release we insert: it needs what it would have needed in the markup.
 *
 * A page cannot read its policy. So it is asked, in an empty frame, which has the same.
 * @see https://www.w3.org/TR/CSP3/#strict-dynamic-usage
 */
export class SitePolicy {
  readonly #trusted: TrustedScripts;
  readonly #answers = new Map<string, boolean>();

  constructor(trusted: TrustedScripts) {
    this.#trusted = trusted;
  }

  /** Whether the browser, which asks the policy when a copy of this script is inserted, asks it as it would for markup. */
  permits(script: HTMLScriptElement): boolean {
    const isDangling = [...script.attributes].some(({ name, value }) => DANGLING.test(name) || DANGLING.test(value));
    const nonce = isDangling ? '' : script.nonce;
    if (!this.#answers.has(nonce)) this.#answers.set(nonce, this.#permits(nonce));
    return this.#answers.get(nonce)!;
  }

  /** Each answer in the negative is a violation, which browsers report: the one that is likely is asked for first. */
  #permits(nonce: string): boolean {
    const frame = builtIn(document).createElement('iframe');
    builtIn(document).documentElement.append(frame);
    try {
      const inner = frame.contentDocument!;
      const runs = (insert: (code: string) => void): boolean => {
        frame.title = '';
        insert('frameElement.title=1');
        return !!frame.title;
      };
      const inMarkup = (attributes: string) => (code: string) => {
        inner.write(this.#trusted.html(`<script${attributes}>${code}</script>`));
      };
      const byScript = (code: string) => {
        const script = inner.createElement('script');
        script.text = this.#trusted.script(code);
        inner.documentElement.append(script);
      };
      return (
        (!!nonce && runs(inMarkup(` nonce="${nonce.replaceAll('"', '&quot;')}"`))) ||
        !runs(byScript) ||
        runs(inMarkup(''))
      );
    } catch {
      return false; // The page is sandboxed: nobody can look into its frames.
    } finally {
      frame.remove();
    }
  }
}
