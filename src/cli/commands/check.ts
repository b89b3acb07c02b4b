import { checkServed, checkSite } from '../check/check-site';
import { defineCommand } from '../command';
import { CommandError, UsageError } from '../command-error';
import { readAddress } from '../read-address';
import { readPolicy } from '../read-policy';

export const check = defineCommand({
  summary:
    'asks for a page as a browser does, and says what is missing or wrong; without the policy file, as far as can be seen',
  example: 'policy.json https://site.example/',
  arguments: ['policy file', 'address of a page of the site'],
  mayLackFirst: true,
  options: {},
  async run([first, second]) {
    if (second !== undefined) return checkAgainst(first, readAddress(second));
    if (/\.jsonc?$/i.test(first) && !/^https?:/i.test(first))
      throw new UsageError(`say which page: npx cookie-gatekeeper check ${first} https://site.example/`);
    return checkAlone(readAddress(first));
  },
});

async function checkAgainst(file: string, url: URL): Promise<string> {
  const wrong = await checkSite(await readPolicy(file), url, file);
  if (wrong.length > 0) throw notAsItShouldBe(url, wrong);
  return `${url.href}: everything is as it should be.`;
}

async function checkAlone(url: URL): Promise<string> {
  const { wrong, notCompared } = await checkServed(url);
  const rest = `Not compared: ${notCompared.join('; ')}.\nTo compare it: npx cookie-gatekeeper check policy.json ${url.href}`;
  if (wrong.length > 0) throw notAsItShouldBe(url, wrong, `\n${rest}`);
  return `${url.href}: as far as can be seen without the policy file, everything is as it should be.\n${rest}`;
}

function notAsItShouldBe({ href }: URL, wrong: readonly string[], rest = ''): CommandError {
  const count = wrong.length === 1 ? 'something is' : `${wrong.length} things are`;
  return new CommandError(
    `${href}: ${count} not as it should be:\n${wrong.map((text) => `  ${text}`).join('\n')}${rest}`,
  );
}
