type Rule = (text: string) => string;
type Policy = Record<'createScriptURL' | 'createScript' | 'createHTML', Rule>;

/** Makes of texts what may be put into scripts and documents. */
export interface TrustedScripts {
  /** A script's address. */
  url: Rule;
  /** A script's code. */
  script: Rule;
  /** A document's text. */
  html: Rule;
}

const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };
const asItIs: Rule = (text) => text;
let policy: Policy | undefined;
let isMade = false;

// A page may have one policy of a name: it is made once, and handed on to what is loaded later.
function madeOnce(): Policy | undefined {
  if (isMade) return policy;
  isMade = true;
  try {
    policy = trustedTypes?.createPolicy('cookie-gatekeeper', {
      createScriptURL: asItIs,
      createScript: asItIs,
      createHTML: asItIs,
    });
  } catch {
    // The site's Content-Security-Policy does not permit it: where the site requires one, scripts are refused.
  }
  return policy;
}

/**
 * Where a site requires Trusted Types, its Content-Security-Policy has to permit the policy `cookie-gatekeeper`. It lets
 * through our own files' addresses, scripts that stood, inert or refused, in the site's own markup, and documents that are
 * written into frames: our own, and the site's, as they were.
 * @see https://www.w3.org/TR/trusted-types/
 */
export const trustedScripts: TrustedScripts = {
  url: (text) => madeOnce()?.createScriptURL(text) ?? text,
  script: (text) => madeOnce()?.createScript(text) ?? text,
  html: (text) => madeOnce()?.createHTML(text) ?? text,
};
