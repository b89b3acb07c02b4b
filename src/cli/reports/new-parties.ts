import { readFile } from 'node:fs/promises';
import type { PolicyInput } from '../../policy/schema';
import type { ReportedCount } from '../../server/report-counts';
import { PartyDescriber, type WrittenService } from '../audit/describe-party';
import { EarlierPolicy } from '../audit/earlier-policy';
import { KnownParties } from '../audit/known-parties';
import { proposePolicy, type WrittenPolicy } from '../audit/propose-policy';
import type { ServiceUse } from '../audit/service-use';
import { inPackage } from '../package-folder';

/** An origin that reports tell of and no service of the policy declares. */
export interface NewOrigin {
  origin: string;
  /** Most often told first. */
  counts: ReportedCount[];
  /** Whose it most likely is. */
  service: string;
  purpose: string;
  /** What a person has to find out of it, if anything. */
  review?: string;
  /** Ids of services that declare paths there: reports do not tell which paths were asked for. */
  partOf: string[];
}

/** What reports tell that a policy does not have. */
export interface NewParties {
  origins: NewOrigin[];
  /** To be put into the policy: those that it does not have, and, whole, those that have more origins than it says. */
  services: WrittenService[];
  /** Ids of the latter. */
  extended: string[];
}

/** What is compared with where there is no policy yet. */
const NO_POLICY = { revision: '1', services: [] };
/** Reports name no origin of the site itself. */
const SITE = 'https://site.invalid';

/**
 * @param policy what was read from the policy file, if there is one
 * @param file names it in errors
 * @throws (rejects) {PolicyError} when the policy has mistakes
 */
export async function newParties(
  counts: readonly ReportedCount[],
  policy: unknown = NO_POLICY,
  file = 'policy.json',
): Promise<NewParties> {
  const earlier = new EarlierPolicy(policy as WrittenPolicy, file, SITE);
  const preset = JSON.parse(await readFile(inPackage('dist', 'presets', 'opendatasoft.json'), 'utf8')) as PolicyInput;
  const describer = new PartyDescriber(await KnownParties.read(), preset);
  const undeclared = counts.filter(({ origin }) => !earlier.serviceOf(new URL(origin)));
  const origins = [...new Set(undeclared.map(({ origin }) => origin))].map((origin): NewOrigin => {
    const url = new URL(origin);
    const { id: service, purpose, review } = describer.describe(url);
    const ofOrigin = undeclared.filter((count) => count.origin === origin);
    return { origin, counts: ofOrigin, service, purpose, review, partOf: earlier.partsAt(url) };
  });
  const uses = usesOf(
    origins.filter(({ partOf }) => partOf.length === 0),
    describer,
  );
  const { policy: proposed, changes } = proposePolicy(uses, { describer, origins: [], earlier });
  const extended = [...new Set(changes.extended.map((what) => what.replace(/:.*/, '')))];
  const services = proposed.services.filter(({ id }) => changes.added.includes(id) || extended.includes(id));
  return { origins, services, extended };
}

/** As an audit has them that has seen these. */
function usesOf(origins: readonly NewOrigin[], describer: PartyDescriber): ServiceUse[] {
  const uses = new Map<string, ServiceUse>();
  for (const { origin, service, counts } of origins) {
    const url = `${origin}/`;
    const use = uses.get(service) ?? {
      description: describer.describe(new URL(url)),
      contacts: [],
      cookies: [],
      entries: [],
    };
    const { kind, page } = counts[0]!;
    use.contacts.push({ pass: 'untouched', page, url, kind, chain: [], held: false });
    uses.set(service, use);
  }
  return [...uses.values()];
}
