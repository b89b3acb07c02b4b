import { metaPolicyOf } from '../../csp/meta-lock';
import { isOwnCsp, splitPolicies } from '../../csp/own-csp-header';
import { workerOf, type OwnScript, type Site } from './site';
import { effective, sourcesPermit } from './source-lists';
import { problem, type Finding } from './finding';

/** Policies of the site's own may forbid what the gatekeeper consists of. */
export function* policiesProblems(site: Site, script: OwnScript | undefined): Generator<Finding> {
  const { page, tags } = site;
  const policies = [
    ...splitPolicies(page.headers.get('content-security-policy')),
    ...tags.flatMap((tag) => metaPolicyOf(tag) ?? []),
  ].filter((csp) => !isOwnCsp(csp));
  const url = script?.url ?? new URL('/gatekeeper.js', page.url);
  for (const csp of policies) {
    const scripts = effective(csp, ['script-src-elem', 'script-src', 'default-src']);
    const isTrusted = !!script?.nonce && scripts?.includes(`'nonce-${script.nonce}'`);
    if (script && scripts && !isTrusted && !sourcesPermit(scripts, url, page.url))
      yield problem(
        'own-policy-forbids-script',
        `The site's own policy forbids ${url.href}: "${scripts.join(' ')}".`,
        `Add ${sourceOf(url, page.url)} to it, or give the tag its nonce.`,
      );
    const workers = effective(csp, ['worker-src', 'child-src', 'script-src', 'default-src']);
    const worker = workerOf(site, script);
    // A worker of another host is never asked for.
    if (
      worker.origin === page.url.origin &&
      workers &&
      !workers.includes("'strict-dynamic'") &&
      !sourcesPermit(workers, worker, page.url)
    )
      yield problem(
        'own-policy-forbids-worker',
        `The site's own policy forbids the worker ${worker.href}: "${workers.join(' ')}".`,
        `Add worker-src 'self' to it.`,
      );
    const types = effective(csp, ['trusted-types']);
    if (
      effective(csp, ['require-trusted-types-for']) &&
      types &&
      !types.some((name) => /^(cookie-gatekeeper|\*)$/.test(name))
    )
      yield problem(
        'own-policy-forbids-trusted-types',
        `The site's own policy requires Trusted Types and forbids ours: "${types.join(' ')}".`,
        'Add cookie-gatekeeper to trusted-types.',
      );
    const sandbox = effective(csp, ['sandbox']);
    const lacking = ['allow-scripts', 'allow-same-origin'].filter((token) => !sandbox?.includes(token));
    if (sandbox && lacking.length > 0)
      yield problem(
        'own-policy-sandbox',
        `The site's own policy has a sandbox in which no worker is: "${sandbox.join(' ')}".`,
        `Add ${lacking.join(' ')} to it.`,
      );
  }
}

/** How a policy of the page's names the origin of a file. */
function sourceOf({ origin }: URL, page: URL): string {
  return origin === page.origin ? "'self'" : origin;
}
