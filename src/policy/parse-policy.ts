import type { z } from 'zod';
import { fitsIntoCookie, longestMirror, MOST_COOKIE_BYTES } from '../consent/mirror-assignments';
import { compareRevisions } from '../consent/service-status';
import { compilePolicy } from '../compiled-policy/compiled-policy';
import { nameMistake } from './name-mistake';
import { nearest } from './nearest';
import { originMistake } from './origin-mistake';
import { PolicyError, writePath, type PolicyMistake, type PolicyPath } from './policy-error';
import { purposeMistake } from './purpose-mistake';
import { policySchema, serviceSchema, type Policy, type Service } from './schema';

/**
 * Validates a policy and fills in the defaults.
 * @param value what was read from the policy file
 * @param file named in the error
 * @throws {PolicyError} listing every mistake with its path, what was found, and what to write instead
 */
export function parsePolicy(value: unknown, file?: string): Policy {
  const parsed = policySchema.safeParse(value);
  const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => shapeMistakes(issue, value));
  const size = parsed.success ? mirrorMistakes(parsed.data) : [];
  const mistakes = [...shape, ...meaningMistakes(value as Partial<Policy> | undefined), ...size];
  if (mistakes.length > 0)
    throw new PolicyError(
      mistakes.map((mistake) => ({ path: writePath(mistake.keys), ...mistake })),
      file,
    );
  return parsed.data!;
}

function shapeMistakes(issue: z.core.$ZodIssue, value: unknown): PolicyMistake[] {
  // What was parsed from JSON has no symbols for keys.
  const keys = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      keys: [...keys, key],
      isKey: true,
      found: valueAt(value, [...keys, key]),
      fix: unknownKey(key, knownKeys(keys)),
    }));
  }
  const found = valueAt(value, keys);
  return [{ keys, ...(issue.code === 'invalid_key' && { isKey: true }), found, fix: issue.message }];
}

/** What others call a key. */
const MEANT: Record<string, readonly string[]> = {
  origins: ['domain', 'domains', 'host', 'hosts', 'scripts', 'src', 'url', 'urls'],
  lifetime: ['duration', 'expires', 'expiry', 'maxAge', 'max-age', 'retention'],
  purpose: ['category', 'group', 'type'],
  provider: ['company', 'vendor'],
  name: ['label', 'title'],
  storage: ['indexedDB', 'localStorage', 'sessionStorage'],
  revision: ['version'],
};

function unknownKey(key: string, known: string[]): string {
  const meant = known.find((one) => MEANT[one]?.includes(key)) ?? nearest(key, known);
  const what =
    key === 'domain' && known.includes('lifetime')
      ? 'unknown key: a cookie is looked for on every domain where the page can have it, so leave it out'
      : 'unknown key';
  return `${what}.${meant ? ` Did you mean "${meant}"?` : ''} Known here: ${known.join(', ')}`;
}

function knownKeys(path: PolicyPath): string[] {
  let node: unknown = policySchema;
  for (const key of path) {
    const { def } = unwrap(node) as { def: { element?: unknown; shape?: Record<string, unknown> } };
    node = typeof key === 'number' ? def.element : def.shape?.[key];
  }
  return Object.keys((unwrap(node) as { shape: object }).shape);
}

/** Defaults and optionals wrap the schema that has the keys. */
function unwrap(node: unknown): unknown {
  const { def } = node as { def: { innerType?: unknown } };
  return def.innerType ? unwrap(def.innerType) : node;
}

/** A service of the right shape, and where it stands. */
interface Placed {
  index: number;
  service: Service;
}

/** What a schema cannot say: mistakes that are only seen by looking at several values together. */
function* meaningMistakes(policy: Partial<Policy> | undefined): Generator<PolicyMistake> {
  const services = wellFormed(policy?.services);
  const names = new Map<string, PolicyPath>();
  for (const { index, service } of services) {
    const at = ['services', index];
    for (const { keys, name } of namesOf(service, at)) {
      const first = names.get(name);
      if (first === undefined) names.set(name, keys);
      else
        yield {
          keys,
          found: name,
          fix: `${writePath(first)} is the same. Give each service ids and aliases of its own`,
        };
    }
    yield* serviceMistakes(service, at);
    const purpose = purposeMistake(service.purpose, policy?.texts);
    if (purpose) yield { keys: [...at, 'purpose'], found: service.purpose, fix: purpose };
    if (service.since && typeof policy?.revision === 'string' && compareRevisions(service.since, policy.revision) > 0) {
      yield {
        keys: [...at, 'since'],
        found: service.since,
        fix: `comes after the policy's own revision "${policy.revision}", so nobody could ever consent. Raise "revision" to at least it`,
      };
    }
  }
  if (policy?.reports !== undefined && policy.reports === policy.receipts) {
    yield {
      keys: ['reports'],
      found: policy.reports,
      fix: 'receipts are posted to the same path, and each has a handler of its own. Write another, such as "/gatekeeper-reports"',
    };
  }
  if (policy?.undeclared === 'report' && policy.wall !== 'off') {
    yield {
      keys: ['undeclared'],
      found: 'report',
      fix: `a Content-Security-Policy cannot let undeclared origins through and hold the declared ones. Write "wall": "off" while you list them, or "undeclared": "refuse"`,
    };
  }
}

function namesOf({ id, aliases = [] }: Service, at: PolicyPath): { keys: PolicyPath; name: string }[] {
  return [
    { keys: [...at, 'id'], name: id },
    ...aliases.map((name, index) => ({ keys: [...at, 'aliases', index], name })),
  ];
}

/** Checked here, since browsers say nothing, and go on showing the choices before. */
function mirrorMistakes(policy: Policy): PolicyMistake[] {
  const mirror = longestMirror(compilePolicy(policy));
  if (fitsIntoCookie(mirror)) return [];
  const fix = `the cookie with the choices would have ${mirror.length} bytes, and browsers keep no more than ${MOST_COOKIE_BYTES}. Shorten ids and aliases, or make one service of those that visitors decide about together`;
  return [{ keys: ['services'], found: policy.services.length, fix }];
}

/** Mistakes of one service's shape do not hide what the others mean. */
function wellFormed(services: unknown): Placed[] {
  if (!Array.isArray(services)) return [];
  return services.flatMap((value, index) => {
    const { data: service } = serviceSchema.safeParse(value);
    return service ? [{ index, service }] : [];
  });
}

function* serviceMistakes(service: Service, at: PolicyPath): Generator<PolicyMistake> {
  const { purpose, anonymised, origins = [], cookies = [], storage = [] } = service;
  for (const [index, origin] of origins.entries()) {
    const fix = originMistake(origin);
    if (fix) yield { keys: [...at, 'origins', index], found: origin, fix };
  }
  for (const [index, { name }] of cookies.entries()) {
    const fix = nameMistake(name, 'cookie', (better) => `"name": ${JSON.stringify(better)}`);
    if (fix) yield { keys: [...at, 'cookies', index, 'name'], found: name, fix };
  }
  for (const [index, name] of storage.entries()) {
    const fix = nameMistake(name, 'storage', (better) => JSON.stringify(better));
    if (fix) yield { keys: [...at, 'storage', index], found: name, fix };
  }
  if (anonymised && purpose !== 'statistics') {
    yield {
      keys: [...at, 'anonymised'],
      found: true,
      fix: `only statistics can be exempt as anonymised. Write "purpose": "statistics", or leave "anonymised" out`,
    };
  }
  if (purpose !== 'necessary' && origins.length + cookies.length + storage.length === 0) {
    yield {
      keys: at,
      found: service.id,
      fix: 'the service could never match: it has no origins, cookies or storage. Add what it uses, or remove it',
    };
  }
  if (service.access && service.access !== 'full' && origins.length === 0) {
    yield {
      keys: [...at, 'access'],
      found: service.access,
      fix: 'the service has no origins whose requests it could apply to. Add them, or leave "access" out',
    };
  }
}

function valueAt(value: unknown, keys: PolicyPath): unknown {
  return keys.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}
