import { checkServed, checkSite } from '../check/check-site';
import { defineCommand, type Result } from '../command';
import { UsageError } from '../command-error';
import { readAddress } from '../read-address';
import { readPolicy } from '../read-policy';

export const check = defineCommand({
  summary:
    'asks for pages as a browser does, and for some that they link to, and says what is missing or wrong; without the policy file, as far as can be seen',
  example: 'policy.json https://site.example/',
  arguments: ['policy file', 'address of a page of the site'],
  repeats: true,
  mayLackFirst: true,
  options: {
    json: { says: 'prints the site, and each thing that is wrong, as JSON' },
  },
  async run([first, ...others], { json }) {
    if (isAddress(first)) return print(await checkAlone([first, ...others].map(readAddress)), json);
    if (others.length > 0) return print(await checkAgainst(first, others.map(readAddress)), json);
    if (/\.jsonc?$/i.test(first))
      throw new UsageError(`say which page: npx cookie-gatekeeper check ${first} https://site.example/`);
    return print(await checkAlone([readAddress(first)]), json);
  },
});

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** What was found, and what to say of it. */
interface Found {
  site: string;
  problems: string[];
  /** Where nothing is wrong. */
  fine: string;
  /** What was not looked at, and how to have it looked at. */
  rest?: string;
}

async function checkAgainst(file: string, urls: readonly URL[]): Promise<Found> {
  const problems = await checkSite(await readPolicy(file), urls, file);
  return { site: urls[0]!.href, problems, fine: 'everything is as it should be.' };
}

async function checkAlone(urls: readonly URL[]): Promise<Found> {
  const { wrong, notCompared } = await checkServed(urls);
  return {
    site: urls[0]!.href,
    problems: wrong,
    fine: 'as far as can be seen without the policy file, everything is as it should be.',
    rest: `Not compared: ${notCompared.join('; ')}.\nTo compare it: npx cookie-gatekeeper check policy.json ${urls.map(({ href }) => href).join(' ')}`,
  };
}

/** What is wrong is what was asked for, and no error: it goes to standard output, in either form. */
function print({ site, problems, fine, rest }: Found, json: true | undefined): Result {
  const exitCode = problems.length > 0 ? 1 : 0;
  if (json) {
    // A program reads the one, a person the other.
    if (rest !== undefined) console.error(rest);
    return { output: JSON.stringify({ site, problems }, null, 2), exitCode };
  }
  const said = problems.length > 0 ? notAsItShouldBe(problems) : fine;
  return { output: `${site}: ${said}${rest === undefined ? '' : `\n${rest}`}`, exitCode };
}

function notAsItShouldBe(problems: readonly string[]): string {
  const count = problems.length === 1 ? 'something is' : `${problems.length} things are`;
  return `${count} not as it should be:\n${problems.map((text) => `  ${text}`).join('\n')}`;
}
