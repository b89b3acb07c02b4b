import { builtIn } from '../dom/built-in';
import type { CompiledPolicy } from '../compiled-policy/compiled-policy';
import type { PageContext } from '../page/page-context';
import { nearestName } from './nearest-name';

/** The name of a service or of a purpose, as markup or a script has it. */
export interface Name {
  service?: string;
  category?: string;
}

const said = new Set<string>();

/** Says, once, that nothing has a name that the page waits for, and what has a similar one. */
export function sayNobodyHas(
  name: Name,
  { policy, gatekeeper, record }: Pick<PageContext, 'policy' | 'gatekeeper' | 'record'>,
): void {
  const { service = '' } = name;
  // An earlier policy had it, or the worker's has.
  if (
    Object.hasOwn(record?.choices ?? {}, service) ||
    gatekeeper.refusals.some((refusal) => refusal.service === service)
  )
    return;
  const text = nobodyHas(name, policy);
  // A broken policy has none; `register` says so.
  if (said.has(text) || policy.services.length === 0) return;
  said.add(text);
  const attribute = name.service === undefined ? 'category' : 'service';
  const markup = [...builtIn(document).querySelectorAll<HTMLElement>(`[data-${attribute}]`)].filter(
    ({ dataset }) => dataset[attribute] === name[attribute],
  );
  console.warn(text, ...markup);
}

/** Says what a choice may have been meant for. */
export function noSuchChoice(name: string, { services }: CompiledPolicy): string {
  const meant = serviceMeant(name, services);
  return meant ? ` Did you mean "${meant}"?` : '';
}

function nobodyHas({ service, category = '' }: Name, { services }: CompiledPolicy): string {
  const ids = services.map(({ id }) => id);
  const purposes = [...new Set(services.map(({ purpose }) => purpose))];
  if (service === undefined)
    return message(
      'purpose',
      'data-category',
      category,
      purposes,
      nearestName(category, purposes),
      swapped('data-service', category, ids),
    );
  return message(
    'id',
    'data-service',
    service,
    ids,
    serviceMeant(service, services),
    swapped('data-category', service, purposes),
  );
}

/** The name of a service where that of a purpose is asked for, or the other way round. */
function swapped(attribute: string, name: string, names: readonly string[]): string | undefined {
  const other = names.find((known) => known.toLowerCase() === name.toLowerCase());
  return other && `${attribute}="${other}"`;
}

function message(
  what: string,
  attribute: string,
  name: string,
  names: readonly string[],
  near: string | undefined,
  other: string | undefined,
): string {
  const meant = other ?? (near && `"${near}"`);
  const hint = meant ? `Did you mean ${meant}?` : 'Write one of these, or add it to the policy.';
  return `cookie-gatekeeper: no service of the policy has the ${what} "${name}" (${attribute}), so it is never permitted. ${hint} There are: ${names.join(', ')}.`;
}

/** Services are also known by what visitors read, and by what others call them. */
function serviceMeant(name: string, services: CompiledPolicy['services']): string | undefined {
  const id = nearestName(
    name,
    services.map(({ id }) => id),
  );
  if (id) return id;
  const titled = services.map(({ id, name, aliases = [] }) => ({
    id,
    titles: [...(typeof name === 'string' ? [name] : Object.values(name)), ...aliases],
  }));
  const title = nearestName(
    name,
    titled.flatMap(({ titles }) => titles),
  );
  return titled.find(({ titles }) => titles.includes(title!))?.id;
}
