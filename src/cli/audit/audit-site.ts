import { Resolver } from 'node:dns/promises';
import { checkLaw, type LawCheck } from './check-law';
import { PartyDescriber } from './describe-party';
import { EarlierPolicy } from './earlier-policy';
import { findProblems, type Problem } from './find-problems';
import { groupByService } from './group-by-service';
import type { Observation } from './observation';
import { proposePolicy, type PolicyChanges, type WrittenPolicy } from './propose-policy';
import type { ServiceUse } from './service-use';
import { domainOf, ownerOf } from './site-hosts';

/** All that an audit has to tell. */
export interface Audit {
  observation: Observation;
  uses: ServiceUse[];
  policy: WrittenPolicy;
  changes: PolicyChanges;
  problems: Problem[];
  checks: LawCheck[];
}

/** A policy that was written before, and the file that it is in. */
export interface Earlier {
  policy: unknown;
  file: string;
}

const DNS_MS = 1500;

/**
 * Names everything that was seen on a site, makes a policy of it, and says what is wrong.
 * @throws (rejects) {PolicyError} when the earlier policy has mistakes
 */
export async function auditSite(observation: Observation, earlier?: Earlier): Promise<Audit> {
  const describer = await PartyDescriber.read();
  const before = earlier && new EarlierPolicy(earlier.policy as WrittenPolicy, earlier.file, observation.origins[0]!);
  const aliases = await aliasesOf(observation);
  const uses = groupByService({ observation, describer, earlier: before, aliases });
  const { policy, changes } = proposePolicy(uses, { describer, origins: observation.origins, earlier: before });
  const needsConsent = ({ description: { id, purpose } }: ServiceUse) =>
    purpose !== 'necessary' && !before?.service(id)?.anonymised;
  const problems = findProblems(uses, observation, needsConsent, before);
  return { observation, uses, policy, changes, problems, checks: checkLaw({ observation, problems }) };
}

/** Hosts of the site's own domain that are names for hosts of somebody else, by what DNS answers (CNAME). */
async function aliasesOf({ contacts, origins }: Observation): Promise<Map<string, string>> {
  const urls = contacts.map(({ url }) => new URL(url));
  const hosts = new Set(urls.filter((url) => ownerOf(url, origins) === 'own-host').map(({ hostname }) => hostname));
  const resolver = new Resolver({ timeout: DNS_MS, tries: 1 });
  const found = await Promise.all(
    [...hosts].map(async (host) => {
      const names = await resolver.resolveCname(host).catch(() => []);
      return names.filter((name) => domainOf(name) !== domainOf(host)).map((name) => [host, name] as const);
    }),
  );
  return new Map(found.flat());
}
