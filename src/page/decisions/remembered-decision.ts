import { builtIn } from '../../dom/built-in';
import type { CompiledPolicy } from '../../compiled-policy/compiled-policy';
import type { Mirror } from '../../consent/mirror';

/** Says beside the record, which takes long to be read when a page begins, that there is one. */
const KEY = 'cookie-gatekeeper:decided';

/** Has this browser know at once, on the site's next pages, that something was decided, and what. */
export function rememberDecision(decision: Mirror): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(decision));
  } catch {
    // Without it, the record is waited for.
  }
}

/** What was decided last in this browser; undefined where that is not known. */
export function rememberedDecision(): Mirror | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEY)!) as Mirror;
  } catch {
    return undefined;
  }
}

/** Whether nothing in this browser says that its visitor has ever decided. In doubt, they have. */
export function isFirstVisit({ cookie }: CompiledPolicy): boolean {
  try {
    return !builtIn(document).cookie.includes(`${cookie}=`) && localStorage.getItem(KEY) === null;
  } catch {
    return false;
  }
}
