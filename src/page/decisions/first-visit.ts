import type { CompiledPolicy } from '../../compiled-policy/compiled-policy';

/** Says beside the record, which takes long to be read when a page begins, that there is one. */
const KEY = 'cookie-gatekeeper:decided';

/** Has this browser know at once, on the site's next pages, that something was decided. */
export function rememberDecision(): void {
  try {
    localStorage.setItem(KEY, '');
  } catch {
    // Without it, the record is waited for.
  }
}

/** Whether nothing in this browser says that its visitor has ever decided. In doubt, they have. */
export function isFirstVisit({ cookie }: CompiledPolicy): boolean {
  try {
    return !document.cookie.includes(`${cookie}=`) && localStorage.getItem(KEY) === null;
  } catch {
    return false;
  }
}
