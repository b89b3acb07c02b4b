/** The cookie by which cookie-gatekeeper itself shows what was chosen, where no policy says otherwise. */
export const MIRROR_NAME = 'cookies_preferences';

/** Whether cookie-gatekeeper itself stores it; of the policies of a site, none has to name it. */
export function isOurs(name: string): boolean {
  return /^cookie-gatekeeper(:|$)/.test(name);
}
