type Rule = (text: string) => string;

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: Rule; createScript: Rule }): { createScriptURL: Rule; createScript: Rule };
}

/** Makes of texts what may be put into scripts. */
export interface TrustedScripts {
  /** A script's address. */
  url: Rule;
  /** A script's code. */
  script: Rule;
}

const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
const asItIs: Rule = (text) => text;
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

// A page may have one policy of a name: it is made once, and handed on to what is loaded later.
function madeOnce(): ReturnType<TrustedTypes['createPolicy']> | undefined {
  return (policy ??= trustedTypes?.createPolicy('cookie-gatekeeper', { createScriptURL: asItIs, createScript: asItIs }));
}

/**
 * Where a site requires Trusted Types, its Content-Security-Policy has to permit the policy `cookie-gatekeeper`. It lets
 * through our own files' addresses, and scripts that stood, inert or refused, in the site's own markup.
 * @see https://www.w3.org/TR/trusted-types/
 */
export const trustedScripts: TrustedScripts = {
  url: (text) => madeOnce()?.createScriptURL(text) ?? text,
  script: (text) => madeOnce()?.createScript(text) ?? text,
};
