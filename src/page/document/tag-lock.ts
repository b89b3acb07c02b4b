import { builtIn } from '../../dom/built-in';
import type { CompiledPolicy } from '../../compiled-policy/compiled-policy';
import { consentFromCookie } from '../../consent/consent-from-cookie';
import { documentAccess, type DocumentAccess } from '../../csp/document-access';
import { openServices } from '../../csp/document-csp';

/** For documents whose lock nobody sends: the tag of our script closes them, and opens them where no worker does. */
export interface TagLock {
  /** What they are open to, as whoever opens a document says it. Undefined where the mirror shows nothing. */
  shownByMirror(policy: CompiledPolicy): DocumentAccess | undefined;
  /** The folder of our own files, which may be of another host. */
  files: string;
}

/** @see TagLock.shownByMirror */
export function shownByMirror(policy: CompiledPolicy): DocumentAccess | undefined {
  const { globalPrivacyControl = false } = navigator as { globalPrivacyControl?: boolean };
  try {
    const consent = consentFromCookie(builtIn(document).cookie, policy, globalPrivacyControl, Date.now());
    return consent && documentAccess(openServices(consent, policy), consent, policy);
  } catch {
    return undefined; // A sandboxed document has no cookies.
  }
}
