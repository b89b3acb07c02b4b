import { parseHostSource } from '../../origins/host-source';
import type { Party } from '../../preview-panel/settings';
import type { PartyDescriber, WrittenService } from '../audit/describe-party';
import { EarlierPolicy } from '../audit/earlier-policy';
import type { WrittenPolicy } from '../audit/propose-policy';
import { CommandError } from '../command-error';
import { appendItem, appendKey, replaceValue } from './insert-json';

/** A policy as it is written, and what a person sees of a site under it. */
export interface Written {
  text: string;
  /** Its file's name, for errors. */
  file: string;
  /** The site's origin. */
  site: string;
}

/** @throws {PolicyError} when the policy has mistakes */
export function partyOf(url: URL, { text, file, site }: Written, describer: PartyDescriber): Party {
  const declared = earlierPolicy({ text, file, site }).serviceOf(url);
  const { provider, purpose } = declared ?? describer.describe(url);
  const name = typeof provider === 'string' ? provider : (provider['en'] ?? Object.values(provider)[0] ?? '');
  return { service: declared?.id, provider: name, purpose };
}

/**
 * The text of a policy in which an address has a purpose: that of the service that declares it is changed, or else the service
 * that is known to be behind the address is added, or its list of origins is.
 * @throws {PolicyError} when the policy has mistakes
 * @throws {CommandError} for an address that no policy can name
 */
export function extendPolicy(url: URL, purpose: string, written: Written, describer: PartyDescriber): string {
  const policy = earlierPolicy(written);
  const { text } = written;
  const at = (service: WrittenService) => ['services', policy.services.indexOf(service)];
  const declared = policy.serviceOf(url);
  if (declared) return replaceValue(text, [...at(declared), 'purpose'], purpose);
  const origin = `${url.protocol}//${url.host}`;
  if (!parseHostSource(origin))
    throw new CommandError(`${origin} has no place in a policy: it names hosts by their names, or by IPv4 addresses.`);
  const description = describer.describe(url);
  const isSame = description.purpose === purpose;
  const id = freeId(description.id, purpose, policy);
  const known = policy.service(id);
  if (known?.origins) return appendItem(text, [...at(known), 'origins'], origin);
  if (known) return appendKey(text, at(known), 'origins', [origin]);
  const { provider, name, access, review } = description;
  const added = {
    id,
    provider,
    ...(name && { name }),
    purpose,
    ...(access && isSame && { access }),
    origins: [origin],
    // A person has just decided what it asks.
    ...(review && isSame && { review }),
  };
  return appendItem(text, ['services'], added);
}

function earlierPolicy({ text, file, site }: Written): EarlierPolicy {
  return new EarlierPolicy(JSON.parse(text) as WrittenPolicy, file, site);
}

/** The id of the provider's service with this purpose; another where it has the provider's id for another purpose. */
function freeId(id: string, purpose: string, policy: EarlierPolicy): string {
  const fits = (one: string) => [undefined, purpose].includes(policy.service(one)?.purpose);
  if (fits(id)) return id;
  const own = `${id}-${purpose}`;
  let free = own;
  for (let count = 2; !fits(free); count++) free = `${own}-${count}`;
  return free;
}
