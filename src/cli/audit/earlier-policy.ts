import { compilePolicy } from '../../compiled-policy/compiled-policy';
import { parsePolicy } from '../../policy/parse-policy';
import { findServices, lookUpOrigin } from '../../requests/find-service';
import { indexPolicy, type IndexedPolicy } from '../../requests/index-policy';
import type { WrittenService } from './describe-party';
import type { WrittenPolicy } from './propose-policy';

/** A policy that a person has written, and what is looked up in it. */
export class EarlierPolicy {
  readonly #policy: IndexedPolicy;
  readonly #site: URL;

  /**
   * @param policy what was read from the policy file
   * @param file names it in errors
   * @throws {PolicyError} when it has mistakes
   */
  constructor(
    readonly policy: WrittenPolicy,
    file: string,
    site: string,
  ) {
    this.#policy = indexPolicy(compilePolicy(parsePolicy(policy, file)));
    this.#site = new URL(site);
  }

  get services(): readonly WrittenService[] {
    return this.policy.services;
  }

  service(id: string): WrittenService | undefined {
    return this.services.find((service) => service.id === id);
  }

  /** The first of the services that declare an address. */
  serviceOf(url: URL): WrittenService | undefined {
    const [found] = findServices(url, this.#policy, this.#site);
    return found && this.service(found.id);
  }

  /** Whether a service declares an address. */
  declares(url: URL, id: string): boolean {
    return findServices(url, this.#policy, this.#site).some((service) => service.id === id);
  }

  /** Ids of the services that declare paths at an origin, where none declares all of it. */
  partsAt(origin: URL): string[] {
    const { paths } = lookUpOrigin(origin.href, this.#policy, this.#site);
    return [...new Set(paths.map(({ service }) => service.id))];
  }
}
