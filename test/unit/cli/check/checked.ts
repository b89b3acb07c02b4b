import { textOf } from '../../../../src/cli/check/finding';
import { checkServed, checkSite } from '../../../../src/cli/index';

/** What a person reads of a site that is compared with its policy file. */
export async function siteTexts(...given: Parameters<typeof checkSite>): Promise<string[]> {
  return (await checkSite(...given)).map(textOf);
}

/** The same without the policy file. */
export async function servedTexts(...given: Parameters<typeof checkServed>): Promise<string[]> {
  return (await checkServed(...given)).found.map(textOf);
}
