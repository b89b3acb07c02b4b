import { consentRequirementOf, type ConsentRequirement, type ServiceId } from '../compiled-policy/compiled-policy';
import type { Asks } from '../page/content/may-ask-by-banner';
import { PURPOSES } from '../compiled-policy/literals';
import type { PolicyInput, Service, Text } from '../policy/schema';

export interface ShownCookie {
  name: string;
  location?: Text;
  purpose?: Text;
  lifetime?: Text;
}

export interface ShownService {
  id: ServiceId;
  provider: Text;
  /** What visitors know it as. */
  name: Text;
  purpose: string;
  need: ConsentRequirement;
  description?: Text;
  cookies?: ShownCookie[];
}

/** What visitors see of a policy. */
export interface ShownPolicy {
  revision: string;
  /** Where a banner asks. */
  asks: Asks;
  /** The domain whose hosts share the choices. */
  domain?: string;
  services: ShownService[];
}

export interface Purpose {
  purpose: string;
  services: ShownService[];
}

/** What visitors see of a policy, in some languages. */
export function shownPolicy(policy: PolicyInput, languages: readonly string[]): ShownPolicy {
  const services = (policy.services as readonly Service[]).map((service) => {
    const { id, provider, name = provider, purpose, description, cookies } = service;
    const shown = { id, provider, name, purpose, need: consentRequirementOf(service), description, cookies };
    return mapTexts(shown, (text) => inLanguages(text, languages));
  });
  const { ask = {}, cookie } = policy.consent ?? {};
  return { revision: policy.revision, asks: ask as Asks, domain: cookie?.domain, services };
}

/** The services by purpose: the four kinds first, then the site’s own. */
export function purposesOf({ services }: ShownPolicy): Purpose[] {
  const purposes = new Set([...PURPOSES, ...services.map(({ purpose }) => purpose)]);
  return [...purposes]
    .map((purpose) => ({ purpose, services: services.filter((service) => service.purpose === purpose) }))
    .filter((purpose) => purpose.services.length > 0);
}

function mapTexts(service: ShownService, map: (text: Text) => Text): ShownService {
  const optional = (text?: Text) => text && map(text);
  return {
    ...service,
    provider: map(service.provider),
    name: map(service.name),
    description: optional(service.description),
    cookies: service.cookies?.map(({ name, location, purpose, lifetime }) => ({
      name,
      location: optional(location),
      purpose: optional(purpose),
      lifetime: optional(lifetime),
    })),
  };
}

/** A text without the languages that are not wanted; the first that there is where none of them is. */
function inLanguages(text: Text, languages: readonly string[]): Text {
  if (typeof text === 'string') return text;
  const wanted = Object.entries(text).filter(([language]) => languages.includes(language));
  return Object.fromEntries(wanted.length > 0 ? wanted : Object.entries(text).slice(0, 1));
}
