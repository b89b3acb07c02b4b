import { checkWord } from '../check-word';
import { defineCommand } from '../command';
import { PAGE_FORMATS, policyPage } from '../policy-page';
import { readPolicy } from '../read-policy';

export const policy = defineCommand({
  summary: 'prints the cookies policy as a page that needs no script',
  example: 'policy.json --language fr',
  arguments: ['policy file'],
  options: {
    format: { value: PAGE_FORMATS.join('|'), short: 'f', says: 'what to print; html without it' },
    language: { value: 'fr', says: 'the language; English without it' },
  },
  async run([file], { format = 'html', language }) {
    const chosen = checkWord('format', format, PAGE_FORMATS);
    return policyPage(await readPolicy(file), { format: chosen, language, file });
  },
});
