import type { Choices } from '../consent/record';
import type { ServiceId } from '../compiled-policy/compiled-policy';

/** More than any policy has: the choices about some 150 services fill a cookie. Who posts receipts may name others without end. */
const MOST_COLUMNS = 200;
/** Of how many services it is counted in how many receipts they are. */
const MOST_COUNTED = 20_000;
/** The column of the choices, as JSON, that have none of their own; also where a service is called so. */
const OTHER = 'other';

/**
 * The columns of an export that receipts' choices are in: one for each of the policy's services, or else for those that most receipts
 * have a choice about, up to 200 in the order of their ids; and one for all other choices, if there are any.
 */
export class ServiceColumns {
  readonly #counted = new Map<ServiceId, number>();
  readonly #services: ServiceId[] | undefined;
  #columns: Set<ServiceId> | undefined;
  #hasOther = false;

  /** @param services those that have a column, in their order */
  constructor(services?: ServiceId[]) {
    this.#services = services;
  }

  /** Counts a receipt's choices in. All are, before anything is written. */
  count(choices: Choices): void {
    const counted = this.#counted;
    for (const service of Object.keys(choices)) counted.set(service, (counted.get(service) ?? 0) + 1);
    if (counted.size <= MOST_COUNTED) return;
    for (const service of mostFirst(counted).slice(MOST_COUNTED / 2)) counted.delete(service);
    this.#hasOther = true;
  }

  names(): string[] {
    const services = this.#services ?? mostFirst(this.#counted).slice(0, MOST_COLUMNS).sort();
    this.#columns = new Set(services.filter((service) => service !== OTHER));
    this.#hasOther ||= [...this.#counted.keys()].some((service) => !this.#columns!.has(service));
    return [...this.#columns, ...(this.#hasOther ? [OTHER] : [])].map((column) => `choices.${column}`);
  }

  /** The cells of a receipt, empty where it has no choice. */
  cells(choices: Choices): string[] {
    const columns = this.#columns!;
    const own = [...columns].map((service) => (Object.hasOwn(choices, service) ? String(choices[service]) : ''));
    if (!this.#hasOther) return own;
    const others = Object.entries(choices).filter(([service]) => !columns.has(service));
    return [...own, others.length > 0 ? JSON.stringify(Object.fromEntries(others)) : ''];
  }
}

function mostFirst(counted: Map<ServiceId, number>): ServiceId[] {
  return [...counted]
    .sort(([one, times], [other, otherTimes]) => otherTimes - times || (one < other ? -1 : 1))
    .map(([service]) => service);
}
