import { builtIn } from '../dom/built-in';

/** What a policy forbade is told a moment after it has failed. */
const EVENT_MS = 200;

export interface Look {
  /** Undefined where nothing came. */
  response?: Response;
  /** Why nothing may come. */
  violation?: SecurityPolicyViolationEvent;
}

/** Looks at what a browser was given for a file of ours, which it does not tell. */
export async function lookAt(url: string): Promise<Look> {
  const violations: SecurityPolicyViolationEvent[] = [];
  const note = (violation: SecurityPolicyViolationEvent) => void violations.push(violation);
  builtIn(document).addEventListener('securitypolicyviolation', note);
  try {
    return { response: await fetch(url, { cache: 'no-store' }) };
  } catch {
    return { violation: await violationOf(violations, url, /^connect-src/) };
  } finally {
    builtIn(document).removeEventListener('securitypolicyviolation', note);
  }
}

/**
 * The reason why a URL was not asked for, if it is among what a policy has forbidden.
 * @param violations of which the last ones may be told a moment later
 */
export async function violationOf(
  violations: readonly SecurityPolicyViolationEvent[],
  url: string,
  directive: RegExp,
): Promise<SecurityPolicyViolationEvent | undefined> {
  // Browsers tell all of the URL, or only its origin.
  const find = () =>
    violations.find(
      ({ blockedURI, disposition, effectiveDirective }) =>
        disposition === 'enforce' && directive.test(effectiveDirective) && url.startsWith(blockedURI),
    );
  if (!find()) await new Promise((resolve) => setTimeout(resolve, EVENT_MS));
  return find();
}

/** Whether it is a script. Sites that answer every path with a page have none there. */
export function isScript({ ok, headers }: Response): boolean {
  return ok && /(java|ecma)script/i.test(headers.get('content-type') ?? '');
}
