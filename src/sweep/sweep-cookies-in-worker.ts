import { domainLevels } from '../origins/domain-levels';
import { ownerOf, type SweepScope } from './sweep-scope';

/** Of a service worker's scope; the compiler knows the scope that all kinds of workers share. */
declare const cookieStore: CookieStore;

/**
 * Deletes those of some cookies that refused services have left, from a service worker, as far as one reaches through
 * `cookieStore`: on the path `/`, and in Firefox only without a partition. A page's sweep reaches more, and reports.
 * Never rejects.
 * @param names of the cookies
 */
export async function sweepCookiesInWorker(names: string[], sweeping: SweepScope): Promise<void> {
  const refused = names.filter((name) => ownerOf(name, 'cookie', sweeping));
  const scopes = [null, ...domainLevels(location.hostname)].flatMap((domain) => [
    { domain },
    { domain, partitioned: true },
  ]);
  // Each rejects where there can be no such cookie: on public suffixes, and on domains for names with `__Host-`.
  await Promise.allSettled(refused.flatMap((name) => scopes.map((scope) => cookieStore.delete({ name, ...scope }))));
}
