import { domainLevels } from './domain-levels';
import { whoseTrace, type Sweeping } from './sweeping';

/**
 * Deletes cookies of refused services from a service worker, as far as one reaches through `cookieStore`: cookies of
 * the path `/`, and in Firefox only those without a partition. For `cookiechange` events, when no page may be open; a
 * page's sweep reaches more, and reports. Never rejects; does nothing where workers have no `cookieStore`.
 */
export async function sweepCookiesInWorker(sweeping: Sweeping): Promise<void> {
  const { cookieStore } = self as Partial<Window>;
  const cookies = (await cookieStore?.getAll().catch(() => [])) ?? [];
  const names = cookies.map(({ name }) => name!).filter((name) => whoseTrace(name, 'cookie', sweeping));
  const domains = [null, ...domainLevels(location.hostname)];
  const scopes = domains.flatMap((domain) => [{ domain }, { domain, partitioned: true }]);
  // Each rejects where there can be no such cookie: on public suffixes, and on domains for names with `__Host-`.
  await Promise.allSettled(names.flatMap((name) => scopes.map((scope) => cookieStore!.delete({ name, ...scope }))));
}
