interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** A script's address for where a site requires Trusted Types. Its Content-Security-Policy permits the policy `cookie-gatekeeper`. */
export function trustedScriptUrl(url: string): string {
  policy ??= trustedTypes?.createPolicy('cookie-gatekeeper', { createScriptURL: (address) => address });
  return policy ? policy.createScriptURL(url) : url;
}
