import { cookieNames } from './cookie-names';
import type { KnownServices } from './known-services';
import type { OtherCookie, OtherService } from './other-configuration';

/**
 * Makes services of a category that names cookies and not whose they are; one that is known by its name stays as it is.
 * @returns those whose cookies are known, and the category with the others, if there are any
 */
export function splitCategory(service: OtherService, known: KnownServices): OtherService[] {
  const isCategory = service.categories.includes(service.key);
  if (!isCategory) return [service];
  const owners = new Map<string, OtherCookie[]>();
  const rest: OtherCookie[] = [];
  for (const cookie of service.cookies.flatMap(oneOfEachName)) {
    const [name] = cookieNames(cookie.name);
    const owner = name === undefined ? undefined : known.ownerOfCookie(name)?.description.id;
    if (owner === undefined) rest.push(cookie);
    else owners.set(owner, [...(owners.get(owner) ?? []), cookie]);
  }
  const split = [...owners].map(([key, cookies]) => ({ ...service, key, name: undefined, cookies }));
  return rest.length > 0 || split.length === 0 ? [...split, { ...service, cookies: rest }] : split;
}

/** One pattern may stand for names of several services. */
function oneOfEachName(cookie: OtherCookie): OtherCookie[] {
  const names = cookieNames(cookie.name);
  return names.length > 1 ? names.map((name) => ({ ...cookie, name })) : [cookie];
}
