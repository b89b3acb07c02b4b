import { consentRequirementOf, type ConsentRequirement, type ServiceId } from '../compiled-policy/compiled-policy';
import type { Asks } from '../compiled-policy/asks';
import { PURPOSES } from '../compiled-policy/literals';
import type { PolicyInput, Service, Text } from '../policy/schema';

interface ShownCookie {
  name: string;
  location?: Text;
  purpose?: Text;
  lifetime?: Text;
}

/** What a visitor sees of a service who is asked. */
export interface AskedService {
  id: ServiceId;
  provider: Text;
  /** What visitors know it as. */
  name: Text;
  purpose: string;
  need: ConsentRequirement;
}

/** What is stated about the processing of data, by the policy’s keys. */
type Facts = Partial<Record<FactKey, Text>>;

/** All that a visitor sees of a service. */
export interface ShownService extends AskedService, Facts {
  description?: Text;
  cookies?: ShownCookie[];
}

/** What visitors who are asked see of a policy. */
export interface AskedPolicy {
  revision: string;
  /** The site’s. */
  name?: Text;
  /** Where a banner asks. */
  asks: Asks;
  /** The domain whose hosts share the choices. */
  domain?: string;
  services: AskedService[];
}

/** What visitors see of a policy. */
export interface ShownPolicy extends AskedPolicy {
  services: ShownService[];
}

export interface Purpose<S extends AskedService = ShownService> {
  purpose: string;
  services: S[];
}

/** The policy’s keys for what is stated about the processing of data, and the texts that name them, in the order that they are shown. */
export const FACTS = {
  privacyUrl: 'factPrivacy',
  country: 'factCountry',
  transfer: 'factTransfer',
  legalBasis: 'factBasis',
  retention: 'factRetention',
  jointControllers: 'factControllers',
} as const;

export type FactKey = keyof typeof FACTS;

/** What visitors see of a policy, in some languages. */
export function shownPolicy(policy: PolicyInput, languages: readonly string[]): ShownPolicy {
  const read = (text: Text | undefined) => text && inLanguages(text, languages);
  const services = (policy.services as readonly Service[]).map((service): ShownService => {
    const { id, provider, name = provider, purpose, description, cookies } = service;
    const facts = Object.keys(FACTS).map((key) => [key, read(service[key as FactKey])]);
    return {
      id,
      provider: read(provider)!,
      name: read(name)!,
      purpose,
      need: consentRequirementOf(service),
      description: read(description),
      cookies: cookies?.map(({ name, location, purpose, lifetime }) => ({
        name,
        location: read(location),
        purpose: read(purpose),
        lifetime: read(lifetime),
      })),
      ...Object.fromEntries(facts),
    };
  });
  const { ask = {}, cookie } = policy.consent ?? {};
  return {
    revision: policy.revision,
    name: read(policy.name as Text | undefined),
    asks: ask as Asks,
    domain: cookie?.domain,
    services,
  };
}

/** The part that visitors see who are asked. */
export function askedPolicy(policy: ShownPolicy): AskedPolicy {
  const services = policy.services.map(({ id, provider, name, purpose, need }) => ({
    id,
    provider,
    name,
    purpose,
    need,
  }));
  return { ...policy, services };
}

/** The services by purpose: the four kinds first, then the site’s own. */
export function purposesOf<S extends AskedService>(services: S[]): Purpose<S>[] {
  const purposes = new Set([...PURPOSES, ...services.map(({ purpose }) => purpose)]);
  return [...purposes]
    .map((purpose) => ({ purpose, services: services.filter((service) => service.purpose === purpose) }))
    .filter((purpose) => purpose.services.length > 0);
}

/** A text without the languages that are not wanted; the first that there is where none of them is. */
function inLanguages(text: Text, languages: readonly string[]): Text {
  if (typeof text === 'string') return text;
  const wanted = Object.entries(text).filter(([language]) => languages.includes(language));
  return Object.fromEntries(wanted.length > 0 ? wanted : Object.entries(text).slice(0, 1));
}
