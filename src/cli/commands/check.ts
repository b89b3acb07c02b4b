import { checkSite } from '../check/check-site';
import { defineCommand } from '../command';
import { CommandError } from '../command-error';
import { readAddress } from '../read-address';
import { readPolicy } from '../read-policy';

export const check = defineCommand({
  summary: 'asks for a page as a browser does, and says what is missing or wrong',
  example: 'policy.json https://site.example/',
  arguments: ['policy file', 'address of a page of the site'],
  options: {},
  async run([file, address]) {
    const url = readAddress(address!);
    const wrong = await checkSite(await readPolicy(file), url, file);
    if (wrong.length === 0) return `${url.href}: everything is as it should be.`;
    throw new CommandError(
      `${url.href}: ${wrong.length === 1 ? 'something is' : `${wrong.length} things are`} not as it should be:\n${wrong.map((text) => `  ${text}`).join('\n')}`,
    );
  },
});
