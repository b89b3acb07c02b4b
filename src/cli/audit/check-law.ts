import type { Problem } from './find-problems';
import { whyNotRefused, whyNotWhole } from './missed-visits';
import type { BannerLook, Observation } from './observation';

type Verdict = 'passed' | 'failed' | 'to be judged by a person';

/** One thing that the law asks of a site. */
export interface LawCheck {
  /** What is asked: CNIL 2020-091 and 2020-092, GDPR article 7, EDPB 2/2023. */
  what: string;
  verdict: Verdict;
  /** What was seen, or what to look at. */
  why: string;
}

interface Seen {
  observation: Observation;
  problems: readonly Problem[];
}

type Check = (seen: Seen) => Omit<LawCheck, 'what'>;

/** Up to this, one button is as large as the other. */
const ALIKE = 1.25;

const judge =
  (why: string): Check =>
  () => ({ verdict: 'to be judged by a person', why });
const unless = (fails: boolean, passed: string, failed: string): ReturnType<Check> =>
  fails ? { verdict: 'failed', why: failed } : { verdict: 'passed', why: passed };

const CHECKS: readonly (readonly [what: string, check: Check])[] = [
  [
    'Before a choice, nothing of a service that needs consent is asked for or stored',
    (seen) => leakCheck(seen, /before any choice$/, whyNotWhole('untouched', seen.observation)),
  ],
  [
    'No choice, closing or scrolling is ever taken for acceptance',
    (seen) => {
      if (leaks(seen, /before any choice$/).length > 0)
        return judge('Services are active before any choice: see the first line.')(seen);
      const missed = whyNotWhole('untouched', seen.observation);
      if (missed) return judge(missed)(seen);
      return { verdict: 'passed', why: 'Each page was scrolled through without a choice, and nothing came of it.' };
    },
  ],
  [
    'Accepting all and refusing all are on the same screen, one action each',
    ({ observation }) => sameScreen(observation),
  ],
  ['Both answers have the same size, font and emphasis', ({ observation }) => sameLook(observation.banner)],
  [
    'Every optional switch is off at first, and finer choice is offered at the same level',
    judge('Open the banner’s settings: is anything on?'),
  ],
  [
    'Purposes are shown before the choice, and who is responsible is listed and always reachable',
    judge('Read the banner: does it name each purpose, and lead to a list of everybody?'),
  ],
  [
    'Acceptance and refusal are both kept, and asked for again after six months',
    (seen) => {
      if (!seen.observation.answeredBy.refused) return judge('The banner could not be refused by this program.')(seen);
      if (seen.observation.asksAgain) return { verdict: 'failed', why: 'After a refusal, the next page asked again.' };
      return judge('The next page did not ask again. Is a refusal kept as long as an acceptance, and for six months?')(
        seen,
      );
    },
  ],
  [
    'The choices can be come back to from every page, and withdrawing takes no more actions than giving',
    (seen) => {
      const isThere = seen.observation.banner?.wayBack === true;
      const missed = whyNotWhole('refused', seen.observation);
      if (!isThere && missed) return judge(missed)(seen);
      return unless(
        !isThere,
        'A page has a link or a button that speaks of cookies or privacy.',
        'No page has a visible link or button that speaks of cookies or privacy.',
      );
    },
  ],
  [
    'After a withdrawal nothing more is sent or read, and what can be deleted is deleted',
    (seen) =>
      leakCheck(
        seen,
        /refused$/,
        whyNotRefused(seen.observation) ??
          'Nothing was seen after a refusal. No consent was withdrawn here: accept, withdraw, and see what is still sent and kept.',
      ),
  ],
  [
    'There is proof: when, for which purposes, under which policy, and how it was given',
    judge('Ask whoever runs the site for the proof of one consent.'),
  ],
  ['Refusing leaves the content usable', judge('Compare the pictures after refusing and after accepting.')],
  [
    'What is exempt is strictly needed; measurement is anonymous, and its cookies are kept 13 months at most',
    (seen) => {
      const long = seen.problems.filter(({ kind }) => kind === 'lifetime');
      if (long.length > 0) return { verdict: 'failed', why: long.map(({ text }) => text).join('; ') };
      return judge('No cookie is kept longer. Is what needs no consent strictly needed?')(seen);
    },
  ],
  [
    'Nothing claims that the CNIL has certified the site or its banner',
    ({ observation: { banner } }) => unless(banner?.certified === true, 'No page says so.', 'A page says so.'),
  ],
  [
    'Pixels, links and scripts count like cookies',
    (seen) =>
      leakCheck(seen, /requests? to/, whyNotWhole('untouched', seen.observation) ?? whyNotRefused(seen.observation)),
  ],
  [
    'Global Privacy Control never grants anything',
    judge('Visit the site with the signal on, and compare with the first visit here.'),
  ],
];

/** The fifteen things that the law asks, as far as a program can tell. */
export function checkLaw(seen: Seen): LawCheck[] {
  return CHECKS.map(([what, check]) => ({ what, ...check(seen) }));
}

function leaks({ problems }: Seen, when: RegExp): Problem[] {
  return problems.filter(({ kind, text }) => kind === 'leak' && when.test(text));
}

/** @param missed why not all was seen that was to be: then nothing has passed, while what was seen has failed all the same */
function leakCheck(seen: Seen, when: RegExp, missed: string | undefined): ReturnType<Check> {
  const found = leaks(seen, when);
  if (found.length === 0 && missed) return judge(missed)(seen);
  return unless(found.length > 0, 'Nothing was seen.', found.map(({ text }) => text).join('; '));
}

function sameScreen({ banner }: Observation): ReturnType<Check> {
  if (!banner?.accept && !banner?.refuse)
    return { verdict: 'to be judged by a person', why: 'No banner was recognised.' };
  const { accept, refuse } = banner;
  return unless(
    !accept || !refuse,
    `“${accept?.text}” and “${refuse?.text}” are.`,
    `Only “${(accept ?? refuse)!.text}” was seen.`,
  );
}

function sameLook(banner: BannerLook | undefined): ReturnType<Check> {
  if (!banner?.accept || !banner.refuse)
    return { verdict: 'to be judged by a person', why: 'There were no two answers to compare.' };
  const { accept, refuse } = banner;
  const sizes = `${Math.round(accept.area)} and ${Math.round(refuse.area)} square pixels, ${accept.fontSize} and ${refuse.fontSize} pixels high letters`;
  const differs = Math.max(ratio(accept.area, refuse.area), ratio(accept.fontSize, refuse.fontSize)) > ALIKE;
  return unless(differs, sizes, sizes);
}

function ratio(one: number, other: number): number {
  return Math.max(one, other) / Math.max(1, Math.min(one, other));
}
