import type { z } from 'zod';
import { fitsIntoCookie, longestMirror, MOST_COOKIE_BYTES } from '../consent/mirror-assignments';
import { compareRevisions } from '../consent/service-status';
import { compilePolicy } from '../compiled-policy/compiled-policy';
import { nameMistake } from './name-mistake';
import { nearest } from './nearest';
import { mirrorNameMistakes, ownNameMistakes } from './own-name-mistakes';
import { originMistake } from './origin-mistake';
import { otherFile } from './other-file';
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
  const other = parsed.success ? undefined : otherFile(value);
  const mistakes = other
    ? [{ keys: [], found: value, fix: other }]
    : [
        ...(parsed.success ? [] : shapeMistakes(parsed.error.issues, value)),
        ...meaningMistakes(value as Partial<Policy> | undefined),
        ...(parsed.success ? mirrorMistakes(parsed.data) : []),
      ];
  if (mistakes.length > 0)
    throw new PolicyError(
      mistakes.map((mistake) => ({ path: writePath(mistake.keys), ...mistake })),
      file,
    );
  return parsed.data!;
}

function shapeMistakes(issues: readonly z.core.$ZodIssue[], value: unknown): PolicyMistake[] {
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue, value) : []));
  // What is there under another name is not missing.
  const renamed = new Set(unknown.map(({ keys, meant }) => meant && writePath([...keys.slice(0, -1), meant])));
  const others = issues.flatMap((issue): PolicyMistake[] => {
    if (issue.code === 'unrecognized_keys') return [];
    const keys = issue.path as PolicyPath;
    const found = valueAt(value, keys);
    if (found === undefined && renamed.has(writePath(keys))) return [];
    return [{ keys, ...(issue.code === 'invalid_key' && { isKey: true }), found, fix: issue.message }];
  });
  return [...others, ...unknown.map(({ meant: _, ...mistake }) => mistake)];
}

function unknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  value: unknown,
): (PolicyMistake & { meant?: string | undefined })[] {
  // What was parsed from JSON has no symbols for keys.
  const above = issue.path as PolicyPath;
  const known = knownKeys(above);
  return issue.keys.map((key) => {
    const keys = [...above, key];
    const found = valueAt(value, keys);
    const meant = meantKey(key, known);
    return { keys, isKey: true, found, fix: unknownKey({ key, found, known, meant }), meant };
  });
}

/** What others call a key. */
const MEANT: Record<string, readonly string[]> = {
  origins: ['domain', 'domains', 'host', 'hosts', 'scripts', 'src', 'url', 'urls'],
  lifetime: ['duration', 'expires', 'expiry', 'maxAge', 'max-age', 'retention'],
  purpose: ['category', 'group', 'type'],
  provider: ['company', 'vendor'],
  name: ['label', 'title', 'key', 'cookie', 'cookieName'],
  storage: ['indexedDB', 'localStorage', 'sessionStorage'],
  revision: ['version'],
};

/** Keys that say elsewhere that nobody is asked about a service. */
const NEEDS_NO_CONSENT = ['required', 'essential', 'necessary', 'mandatory', 'isEssential', 'isRequired'];

function meantKey(key: string, known: string[]): string | undefined {
  return known.find((one) => MEANT[one]?.includes(key)) ?? nearest(key, known);
}

function unknownKey(of: { key: string; found: unknown; known: string[]; meant: string | undefined }): string {
  const { key, found, known, meant } = of;
  const suggestion = meant ? ` Did you mean "${meant}"?` : '';
  return `unknown key${whyUnknown(key, found, known)}.${suggestion} Known here: ${known.join(', ')}`;
}

/** What is to be done in the place of a key that others have, empty where nobody can tell. */
function whyUnknown(key: string, found: unknown, known: string[]): string {
  if (key === 'domain' && known.includes('lifetime'))
    return ': a cookie is looked for on every domain where the page can have it, so leave it out';
  if (!NEEDS_NO_CONSENT.includes(key) || !known.includes('purpose') || !known.includes('origins')) return '';
  return found === true
    ? ': write "purpose": "necessary" for what needs no consent, and leave it out'
    : ': only "purpose": "necessary" needs no consent, so leave it out';
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
  yield* idMistakes(services);
  for (const { index, service } of services) {
    const at = ['services', index];
    yield* serviceMistakes(service, at);
    yield* ownNameMistakes(service, at, policy?.consent?.cookie?.name);
    const purpose = purposeMistake(service.purpose, policy?.texts);
    if (purpose) yield { keys: [...at, 'purpose'], found: service.purpose, fix: purpose };
    yield* sinceMistakes(service, at, policy?.revision);
  }
  yield* excludeMistakes(policy?.exclude);
  yield* mirrorNameMistakes(policy?.consent?.cookie);
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

function* sinceMistakes({ since }: Service, at: PolicyPath, revision: unknown): Generator<PolicyMistake> {
  if (!since || typeof revision !== 'string' || compareRevisions(since, revision) <= 0) return;
  yield {
    keys: [...at, 'since'],
    found: since,
    fix: `comes after the policy's own revision "${revision}", so nobody could ever consent. Raise "revision" to at least it`,
  };
}

function* excludeMistakes(exclude: unknown): Generator<PolicyMistake> {
  if (!Array.isArray(exclude)) return;
  for (const [index, path] of exclude.entries())
    if (path === '/')
      yield {
        keys: ['exclude', index],
        found: path,
        fix: 'would leave every page alone, and nothing would be refused anywhere. Write the paths that are not to be guarded, such as "/admin/"; to refuse nothing yet, there is "mode": "report"',
      };
}

/** Ids and aliases are keys of one cookie, and people read them. */
function* idMistakes(services: Placed[]): Generator<PolicyMistake> {
  const names = new Map<string, PolicyPath>();
  const spellings = new Map<string, { service: number; keys: PolicyPath; name: string }>();
  for (const { index, service } of services) {
    for (const { keys, name } of namesOf(service, ['services', index])) {
      const first = names.get(name);
      // One service may have both, where another's banner writes both.
      const alike = spellings.get(name.toLowerCase()) ?? { service: index, keys, name };
      spellings.set(name.toLowerCase(), alike);
      if (first !== undefined)
        yield {
          keys,
          found: name,
          fix: `${writePath(first)} is the same. Give each service ids and aliases of its own`,
        };
      else if (alike.service !== index)
        yield {
          keys,
          found: name,
          fix: `${writePath(alike.keys)} is "${alike.name}", the same but for capitals, and people take one for the other. Give each service ids and aliases of its own`,
        };
      else names.set(name, keys);
    }
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
