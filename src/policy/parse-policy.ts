import type { z } from 'zod';
import { parseHostSource, type HostSource } from '../csp/host-source';
import { pathsOverlap, sourcesOverlap } from './overlap';
import { PolicyError, type PolicyIssue } from './policy-error';
import { policySchema, type Policy, type Service } from './schema';

/**
 * Validates a policy and fills in the defaults.
 * @param value what was read from the policy file
 * @param file named in the error
 * @throws {PolicyError} listing every mistake with its path, what was found, and what to write instead
 */
export function parsePolicy(value: unknown, file?: string): Policy {
  const parsed = policySchema.safeParse(value);
  const issues = parsed.success ? [...meaningIssues(parsed.data)] : parsed.error.issues.flatMap((issue) => shapeIssues(issue, value));
  if (issues.length > 0) throw new PolicyError(issues, file);
  return parsed.data as Policy;
}

function shapeIssues(issue: z.core.$ZodIssue, value: unknown): PolicyIssue[] {
  const path = writePath(issue.path);
  const found = valueAt(value, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      found: valueAt(value, [...issue.path, key]),
      fix: `unknown key. Known here: ${knownKeys(issue.path).join(', ')}`,
    }));
  }
  return [{ path, found, fix: issue.message }];
}

function knownKeys(path: PropertyKey[]): string[] {
  let node: unknown = policySchema;
  for (const key of path) {
    const { def } = unwrap(node) as { def: { element?: unknown; shape?: Record<string, unknown> } };
    node = typeof key === 'number' ? def.element : def.shape?.[String(key)];
  }
  return Object.keys((unwrap(node) as { shape: object }).shape);
}

/** Defaults and optionals wrap the schema that has the keys. */
function unwrap(node: unknown): unknown {
  const { def } = node as { def: { innerType?: unknown } };
  return def.innerType ? unwrap(def.innerType) : node;
}

/** What a schema cannot say: mistakes that are only seen by looking at several values together. */
function* meaningIssues(policy: Policy): Generator<PolicyIssue> {
  const ids = new Map<string, number>();
  for (const [index, service] of policy.services.entries()) {
    const first = ids.get(service.id);
    if (first === undefined) ids.set(service.id, index);
    else yield { path: `services[${index}].id`, found: service.id, fix: `services[${first}] has the same id. Give each service an id of its own` };
    yield* serviceIssues(service, `services[${index}]`);
  }
  yield* overlapIssues(policy.services);
  if (policy.undeclared === 'report' && policy.wall !== 'off') {
    yield {
      path: 'undeclared',
      found: 'report',
      fix: `a Content-Security-Policy cannot let undeclared origins through and hold the declared ones. Write "wall": "off" while you list them, or "undeclared": "refuse"`,
    };
  }
}

function* serviceIssues(service: Service, path: string): Generator<PolicyIssue> {
  const { purpose, anonymised, origins = [], cookies = [], storage = [] } = service;
  for (const [index, origin] of origins.entries()) {
    const fix = originMistake(origin);
    if (fix) yield { path: `${path}.origins[${index}]`, found: origin, fix };
  }
  if (anonymised && purpose !== 'statistics') {
    yield { path: `${path}.anonymised`, found: true, fix: `only statistics can be exempt as anonymised. Write "purpose": "statistics", or leave "anonymised" out` };
  }
  if (purpose !== 'necessary' && origins.length + cookies.length + storage.length === 0) {
    yield { path, found: service.id, fix: 'the service could never match: it has no origins, cookies or storage. Add what it uses, or remove it' };
  }
  if (service.access === 'without-credentials' && origins.length === 0) {
    yield { path: `${path}.access`, found: service.access, fix: 'the service has no origins whose requests it could apply to. Add them, or leave "access" out' };
  }
}

const SCHEMES = ['https', 'http', 'wss', 'ws'];

/** What is wrong with an origin, and what to write instead; undefined when nothing is. */
function originMistake(origin: string): string | undefined {
  if (origin.startsWith('/')) return ownPathMistake(origin);
  const source = parseHostSource(origin);
  if (source?.scheme && SCHEMES.includes(source.scheme)) {
    if (source.port && source.port !== '*' && !(Number(source.port) >= 1 && Number(source.port) <= 65535)) return 'could never match: ports go from 1 to 65535';
    return undefined;
  }
  if (origin === '*') return 'would be every origin. Name the hosts; to list what is not declared yet, write "undeclared": "report"';
  if (/^[a-z]+:$/i.test(origin)) return `would be every origin of that scheme. Write "${origin}//" and a host`;
  if (/[?#]/.test(origin)) return `could never match: host-sources have no query and no fragment. Write "${origin.replace(/[?#].*/, '')}"`;
  if (/[^!-~]/.test(origin)) return `has characters that are not ASCII, or spaces. Write hosts in punycode and paths percent-encoded, as in "${encodeURI(origin)}"`;
  if (source && !source.scheme) return `has no scheme. Write "https://${origin.replace(/\/$/, '')}"`;
  if (source?.scheme) return `could never match: browsers load over ${SCHEMES.join(', ')}. Write "https://${origin.split('://')[1]}"`;
  return 'is not a CSP host-source. Write a scheme, a host and perhaps a path, such as "https://*.example.com" or "https://example.com/path/", or a path of the site itself, such as "/stats/"';
}

function ownPathMistake(path: string): string | undefined {
  if (path === '/') return 'would refuse the whole site. Write the path of the tracker, such as "/stats/"';
  if (path.startsWith('//')) return `has no scheme. Write "https:${path}"`;
  if (/[?#\s;,]/.test(path)) return `could never match: paths have no query, fragment, space, ";" or ",". Write "${path.replace(/[?#\s;,].*/, '')}"`;
  if (/[^!-~]/.test(path)) return `has characters that are not ASCII. Write it percent-encoded: "${encodeURI(path)}"`;
  return undefined;
}

function* overlapIssues(services: Service[]): Generator<PolicyIssue> {
  const seen: { id: string; origin: string; source: HostSource | undefined }[] = [];
  for (const [serviceIndex, service] of services.entries()) {
    for (const [index, origin] of (service.origins ?? []).entries()) {
      const source = parseHostSource(origin);
      const other = seen.find((entry) => entry.id !== service.id && originsOverlap({ origin, source }, entry));
      if (other) {
        yield {
          path: `services[${serviceIndex}].origins[${index}]`,
          found: origin,
          fix: `overlaps with "${other.origin}" of service "${other.id}", so a request could belong to both. Make one of them narrower, or make them one service`,
        };
      }
      seen.push({ id: service.id, origin, source });
    }
  }
}

function originsOverlap(a: { origin: string; source?: HostSource }, b: { origin: string; source?: HostSource }): boolean {
  if (a.source && b.source) return sourcesOverlap(a.source, b.source);
  return !a.source && !b.source && pathsOverlap(a.origin, b.origin);
}

function writePath(path: PropertyKey[]): string {
  return path.reduce<string>((text, key) => text + (typeof key === 'number' ? `[${key}]` : `${text && '.'}${String(key)}`), '');
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}
