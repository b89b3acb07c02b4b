import type { CompiledService } from '../compiled-policy/compiled-policy';
import { matchesPattern } from './matches-pattern';

/** What a sweep needs of a service: its id, and the patterns of its cookies' and storage entries' names. */
export type Sweepable = Pick<CompiledService, 'id'> & Partial<Pick<CompiledService, 'cookies' | 'storage'>>;

export interface SweepScope {
  /** The services whose traces have to go: the visitor refused them, or took consent back. */
  refused: readonly Sweepable[];
  /** The services that stay. What one of them declares is left alone, whoever else declares it. */
  kept: readonly Sweepable[];
  /** Name of the mirror cookie, which is never touched. */
  mirror: string;
}

export type Kind = 'cookie' | 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cache';

/** The gatekeeper's database and its entries in web storage, which are never touched either. */
const OWN = ['cookie-gatekeeper', 'cookie-gatekeeper:*'];

/** The patterns of one kind that services declare. Cookies have a list of their own; storage is one list for all kinds. */
export function patternsOf(services: readonly Sweepable[], kind: Kind): string[] {
  return services.flatMap(({ cookies = [], storage = [] }) =>
    kind === 'cookie' ? cookies.map(({ name }) => name) : storage,
  );
}

/** @returns the refused service that a name has to go with; undefined when it stays */
export function ownerOf(name: string, kind: Kind, { refused, kept, mirror }: SweepScope): Sweepable | undefined {
  if (matchesPattern(name, [...OWN, mirror, ...patternsOf(kept, kind)])) return undefined;
  return refused.find((service) => matchesPattern(name, patternsOf([service], kind)));
}
