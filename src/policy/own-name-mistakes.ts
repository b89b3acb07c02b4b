import type { PolicyMistake, PolicyPath } from './policy-error';
import type { Policy, Service } from './schema';

/** What the mirror cookie is called where the policy does not say. */
const DEFAULT_MIRROR = 'cookies_preferences';

/** Prefixes by which browsers keep a cookie only as it says: https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-cookie-name-prefixes. */
export function* mirrorNameMistakes(
  mirror: Partial<Policy['consent']['cookie']> | undefined,
): Generator<PolicyMistake> {
  const name = mirror?.name;
  if (typeof name !== 'string') return;
  const mistake = { keys: ['consent', 'cookie', 'name'], found: name };
  if (/^__(Host-)?Http-/i.test(name))
    yield {
      ...mistake,
      fix: `browsers let no script write a cookie of such a name, and the page writes this one. Write "${name.replace(/^__(Host-)?Http-/i, '')}"`,
    };
  else if (/^__Host-/i.test(name) && mirror?.domain !== undefined)
    yield {
      ...mistake,
      fix: `browsers keep a cookie of such a name for one host only, and "domain" shares it. Write "${name.replace(/^__Host-/i, '__Secure-')}", or leave "domain" out`,
    };
}

/** Names of the gatekeeper's own in a service that may be refused. No sweep ever deletes them: see sweep-scope.ts. */
export function* ownNameMistakes(
  { purpose, cookies = [], storage = [] }: Service,
  at: PolicyPath,
  mirror = DEFAULT_MIRROR,
): Generator<PolicyMistake> {
  if (purpose === 'necessary') return;
  const own =
    'is the gatekeeper’s own, which no refusal deletes: it has the choices. Leave it out, or give it to a service with "purpose": "necessary"';
  for (const [index, { name }] of cookies.entries())
    if (name === mirror) yield { keys: [...at, 'cookies', index, 'name'], found: name, fix: own };
  for (const [index, name] of storage.entries())
    if (/^cookie-gatekeeper(:|\*|$)/.test(name)) yield { keys: [...at, 'storage', index], found: name, fix: own };
}
