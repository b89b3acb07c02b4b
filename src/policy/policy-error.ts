/** One thing that is wrong in a policy. */
export interface PolicyIssue {
  /** Where: `services[3].origins[0]`. */
  path: string;
  /** What was found there; undefined where nothing was. */
  found: unknown;
  /** What is wrong, and what to write instead. */
  fix: string;
}

/** A policy was not accepted; `message` lists every issue on a line of its own. */
export class PolicyError extends Error {
  override name = 'PolicyError';

  constructor(
    readonly issues: PolicyIssue[],
    file = 'the policy',
  ) {
    const lines = issues.map(({ path, found, fix }) => `  ${path || '(top level)'}: ${show(found)}: ${fix}`);
    super(`${file} has ${issues.length === 1 ? 'a mistake' : `${issues.length} mistakes`}:\n${lines.join('\n')}`);
  }
}

function show(found: unknown): string {
  if (found === undefined) return 'missing';
  const json = JSON.stringify(found) ?? typeof found;
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
