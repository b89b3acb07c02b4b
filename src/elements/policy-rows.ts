import { FACTS, purposesOf, type FactKey, type ShownPolicy, type ShownService } from './shown-policy';
import type { Words } from './words';

/** One line of the policy’s table. */
export interface PolicyRow {
  provider: string;
  location: string;
  /** A cookie's name; undefined in the line of a service that names none. */
  cookie?: string;
  /** What stands in the place of a name: that there are no cookies, or that nobody has stated any. */
  instead: string;
  purpose: string;
  lifetime: string;
}

/** What is stated about the processing of data by a service. */
export interface ProcessingRow {
  provider: string;
  facts: { key: FactKey; fact: string | undefined }[];
}

export interface PolicySection {
  purpose: string;
  title: string;
  /** What cookies of this kind are. */
  text: string;
  rows: PolicyRow[];
  /** Empty where the policy states nothing about it. */
  processing: ProcessingRow[];
}

/** The heads of the table’s columns. */
export function policyColumns({ say }: Words): string[] {
  return ['Provider', 'Location', 'Cookies', 'Purposes', 'Lifetime'].map((column) => say(`column${column}`));
}

/** The heads of the columns of what is stated about the processing of data. */
export function processingColumns({ services }: ShownPolicy, { say }: Words): string[] {
  return [say('columnProvider'), ...statedFacts(services).map((key) => say(FACTS[key]))];
}

/** What is stated of some of them. */
function statedFacts(services: ShownService[]): FactKey[] {
  return (Object.keys(FACTS) as FactKey[]).filter((key) => services.some((service) => service[key]));
}

/**
 * The policy’s table, by purpose: a line for each cookie, and one for each service that names none. What the policy leaves
 * out is not stated, which does not say that there is none.
 */
export function policySections(policy: ShownPolicy, words: Words): PolicySection[] {
  const stated = statedFacts(policy.services);
  // The site itself says all of that elsewhere.
  const isProcessor = (service: ShownService) => service.need !== 'necessary' || statedFacts([service]).length > 0;
  return purposesOf(policy.services).map(({ purpose, services }) => ({
    purpose,
    ...words.purpose(purpose),
    rows: services.flatMap((service) => rowsOf(service, words)),
    processing:
      stated.length > 0 ? services.filter(isProcessor).map((service) => processingOf(service, stated, words)) : [],
  }));
}

function processingOf(service: ShownService, stated: FactKey[], { text }: Words): ProcessingRow {
  const [provider, name] = [text(service.provider), text(service.name)];
  return {
    provider: provider === name ? provider : `${provider} (${name})`,
    facts: stated.map((key) => ({ key, fact: text(service[key]) || undefined })),
  };
}

function rowsOf({ provider, name, purpose, description, cookies }: ShownService, words: Words): PolicyRow[] {
  const { text, say } = words;
  const service = {
    provider: text(provider),
    location: text(name),
    purpose: text(description) || words.purpose(purpose).title,
  };
  if (!cookies) return [{ ...service, instead: say('notStated'), lifetime: say('notStated') }];
  if (cookies.length === 0) return [{ ...service, instead: say('noCookies'), lifetime: '' }];
  return cookies.map((cookie) => ({
    provider: service.provider,
    location: text(cookie.location) || service.location,
    cookie: cookie.name,
    purpose: text(cookie.purpose) || service.purpose,
    instead: '',
    lifetime: text(cookie.lifetime) || say('notStated'),
  }));
}
