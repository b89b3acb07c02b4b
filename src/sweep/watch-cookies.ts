/**
 * Watches for cookies that appear, or change, on this page: set by its scripts, by a response, or in another tab. Browsers
 * without `cookieStore`, and pages on http, cannot tell; nothing is noticed there.
 * @param appeared called with the cookies' names
 * @returns stops watching
 */
export function watchCookies(appeared: (names: string[]) => void): () => void {
  const { cookieStore } = window as Partial<Window>;
  const hear = ({ changed }: CookieChangeEvent) => {
    if (changed.length > 0) appeared(changed.map(({ name }) => name!));
  };
  cookieStore?.addEventListener('change', hear);
  return () => cookieStore?.removeEventListener('change', hear);
}
