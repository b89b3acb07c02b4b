import { readReports } from '../../server/report-counts';
import { reportFolder } from '../../server/report-folder';
import { assertFolder } from '../assert-folder';
import { defineCommand } from '../command';
import { readPolicy } from '../read-policy';
import { newParties } from '../reports/new-parties';
import { partiesTable } from '../reports/parties-table';

export const reports = defineCommand({
  summary: 'prints whom pages have told of that the policy does not have: as a table, and as JSON for its services',
  example: 'reports/ --policy policy.json',
  arguments: ['folder of reports'],
  options: {
    policy: { value: 'policy.json', says: 'what it declares is left out; without it, nothing is' },
    json: { says: 'prints the services alone, without the table' },
  },
  async run([folder], { policy: file, json }) {
    await assertFolder(folder);
    const policy = file === undefined ? undefined : await readPolicy(file);
    const counts = await readReports(reportFolder(folder), (key) =>
      console.error(`cookie-gatekeeper: ${folder}: ${key} is not a whole report, and is left out.`),
    );
    const parties = await newParties(counts, policy, file);
    if (json) return JSON.stringify(parties.services, null, 2);
    if (counts.length === 0) return { words: `${folder}: no page has told of anybody yet.` };
    if (parties.origins.length === 0) return { words: `Nothing new: ${file} has everybody whom pages have told of.` };
    // The table is for a person, and so is what is said of the JSON: that alone is there to be read on.
    const words = partiesTable(parties);
    return parties.services.length > 0 ? { words, output: JSON.stringify(parties.services, null, 2) } : { words };
  },
});
