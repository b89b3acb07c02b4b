import { problem, type Finding } from './finding';
/** Hosts that browsers trust without https: https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy */
const LOCAL = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Browsers have workers in secure contexts only. @param url where the page was at last, past all redirects */
export function* insecureProblems(url: URL): Generator<Finding> {
  if (url.protocol === 'http:' && !LOCAL.test(url.hostname))
    yield problem(
      'not-https',
      `${url.origin} is not served over https, and browsers have no worker there.`,
      `Redirect it: https://${url.host}/`,
      url,
    );
}
