import { checkServed, checkSite } from '../check/check-site';
import { note, textOf, type Finding } from '../check/finding';
import { defineCommand, type Result } from '../command';
import { UsageError } from '../command-error';
import { readAddress } from '../read-address';
import { readPolicy } from '../read-policy';
import { shellWord } from '../shell-word';

export const check = defineCommand({
  summary:
    'asks for pages as a browser does, and for some that they link to, and says what is missing or wrong; without the policy file, as far as can be seen',
  example: 'policy.json https://site.example/',
  arguments: ['policy file', 'address of a page of the site'],
  repeats: true,
  mayLackFirst: true,
  options: {
    'worker-url': { value: '/sw.js', says: "where the site's worker is, if it is one of its own" },
    json: { says: 'prints the site, and each thing that is wrong or good to know, as JSON' },
  },
  async run([first, ...others], { json, 'worker-url': workerUrl }) {
    if (isAddress(first)) return print(await checkAlone([first, ...others].map(readAddress), workerUrl), json);
    if (others.length > 0) return print(await checkAgainst(first, others.map(readAddress), workerUrl), json);
    if (/\.jsonc?$/i.test(first))
      throw new UsageError(`say which page: npx cookie-gatekeeper check ${shellWord(first)} https://site.example/`);
    return print(await checkAlone([readAddress(first)], workerUrl), json);
  },
});

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** What was found, and what to say of it. */
interface Found {
  site: string;
  findings: Finding[];
  /** Where nothing is wrong. */
  fine: string;
  /** What was not looked at. */
  notCompared: string[];
  /** How to have it looked at. */
  compare: string;
}

async function checkAgainst(file: string, urls: readonly URL[], workerUrl: string | undefined): Promise<Found> {
  const findings = await checkSite(await readPolicy(file), urls, { file, workerUrl });
  return { site: urls[0]!.href, findings, fine: 'everything is as it should be.', notCompared: [], compare: '' };
}

async function checkAlone(urls: readonly URL[], workerUrl: string | undefined): Promise<Found> {
  const { found, notCompared } = await checkServed(urls, { workerUrl });
  return {
    site: urls[0]!.href,
    findings: found,
    fine: 'as far as can be seen without the policy file, everything is as it should be.',
    notCompared,
    compare: `To compare it: npx cookie-gatekeeper check policy.json ${urls.map(({ href }) => shellWord(href)).join(' ')}`,
  };
}

/** What is wrong is what was asked for, and no error: it goes to standard output, in either form. */
function print(found: Found, json: true | undefined): Result {
  const exitCode = found.findings.some(({ fails }) => fails) ? 1 : 0;
  return { output: json ? asJson(found) : asText(found), exitCode };
}

function asJson({ site, findings, notCompared, compare }: Found): string {
  const notes = notCompared.map((what) => note('not-compared', `Not compared: ${what}.`, compare));
  return JSON.stringify({ site, findings: [...findings, ...notes] }, null, 2);
}

function asText({ site, findings, fine, notCompared, compare }: Found): string {
  const wrong = findings.filter(({ fails }) => fails).map(textOf);
  const notes = findings.filter(({ fails }) => !fails).map((finding) => `Note: ${textOf(finding)}`);
  const rest = notCompared.length > 0 ? [`Not compared: ${notCompared.join('; ')}.`, compare] : [];
  return [`${site}: ${wrong.length > 0 ? notAsItShouldBe(wrong) : fine}`, ...notes, ...rest].join('\n');
}

function notAsItShouldBe(problems: readonly string[]): string {
  const count = problems.length === 1 ? 'something is' : `${problems.length} things are`;
  return `${count} not as it should be:\n${problems.map((text) => `  ${text}`).join('\n')}`;
}
