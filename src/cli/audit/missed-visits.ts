import { PASSES, type Observation, type Pass, type VisitedPage } from './observation';

/** The browser downloads the file instead of showing it: a link to one is no failure. */
const NO_PAGE = /ERR_ABORTED|NS_BINDING_ABORTED/;

/** What an audit was to visit and has not: a line for each page that could not be opened, and one where it was stopped. */
export function missedVisits(observation: Observation): string[] {
  const failed = observation.pages
    .filter(isMissed)
    .map(({ url, pass, problem }) => `not visited: ${url} (${pass}): ${problem!.replace(` at ${url}`, '')}`);
  const cut = PASSES.filter((pass) => isCutOff(pass, observation));
  if (cut.length === 0) return failed;
  const [last, ...others] = [...cut].reverse();
  const which = others.length > 0 ? `${others.reverse().join(', ')} and ${last} are` : `${last} is`;
  return [...failed, `not visited: the audit was stopped; ${which} not whole`];
}

/**
 * Why nothing can be concluded from what was not seen in a pass.
 * @returns undefined where it was visited as a whole
 */
export function whyNotWhole(pass: Pass, observation: Observation): string | undefined {
  if (isCutOff(pass, observation)) return `The audit was stopped before the visit “${pass}” was complete.`;
  const pages = observation.pages.filter((page) => page.pass === pass);
  const missed = pages.filter(isMissed).length;
  if (missed === 0) return undefined;
  return `${missed} of ${pages.length} ${pages.length === 1 ? 'page' : 'pages'} could not be opened in the visit “${pass}”.`;
}

/** The same of a pass in which the banner was to be refused. */
export function whyNotRefused(observation: Observation): string | undefined {
  return (
    whyNotWhole('refused', observation) ??
    (observation.answeredBy.refused
      ? undefined
      : 'No banner was found to refuse, so nothing is known of what follows a refusal.')
  );
}

function isMissed({ problem }: VisitedPage): boolean {
  return problem !== undefined && !NO_PAGE.test(problem);
}

/** The pages of the first pass are found on the way: it was complete when the next one has begun. */
function isCutOff(pass: Pass, { pages, stopped }: Observation): boolean {
  if (!stopped) return false;
  const visited = (which: Pass) => pages.filter((page) => page.pass === which).length;
  return pass === 'untouched' ? visited('refused') === 0 : visited(pass) < visited('untouched');
}
