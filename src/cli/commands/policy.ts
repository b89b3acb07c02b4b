import { parsePolicy } from '../../policy/parse-policy';
import { checkWord } from '../check-word';
import { defineCommand } from '../command';
import { UsageError } from '../command-error';
import { exemptionTables } from '../exemption';
import { PAGE_FORMATS, policyPage } from '../policy-page';
import { readPolicy } from '../read-policy';

export const policy = defineCommand({
  summary: 'prints the cookies policy as a page that needs no script',
  example: 'policy.json --language fr',
  arguments: ['policy file'],
  options: {
    format: { value: PAGE_FORMATS.join('|'), short: 'f', says: 'what to print; html without it' },
    language: { value: 'fr', says: 'the language; English without it' },
    exemption: {
      says: 'instead, for your data protection officer: whether exempt statistics may be (CNIL), in Markdown',
    },
  },
  async run([file], { format, language, exemption }) {
    if (exemption) {
      if (format !== undefined || language !== undefined)
        throw new UsageError('--exemption prints Markdown in English: leave --format and --language out.');
      return exemptionTables(parsePolicy(await readPolicy(file), file));
    }
    const chosen = checkWord('format', format ?? 'html', PAGE_FORMATS);
    return policyPage(await readPolicy(file), { format: chosen, language, file });
  },
});
