import { parseArgs } from 'node:util';
import { PortTaken } from './listen';
import { startExample } from './portal';
import { standInIds, type StandInId } from './third-parties/start-third-parties';

const DEFAULT_PORT = 8080;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: String(DEFAULT_PORT) },
    // For a site that cannot set headers: the lock is in the HTML of every page.
    'static-lock': { type: 'boolean', default: false },
    // The interface as the French State's design system has it.
    dsfr: { type: 'boolean', default: false },
  },
});
const port = Number(values.port);
const lock = values['static-lock'] ? 'meta' : 'header';
// The stand-ins take the ports after the portal's, as policy.json has them.
const thirdPartyPorts = Object.fromEntries(standInIds.map((id, i) => [id, port + 1 + i])) as Record<StandInId, number>;

try {
  const example = await startExample({ port, thirdPartyPorts, lock, interface: values.dsfr ? 'dsfr' : 'own' });
  const thirdParties = standInIds.map((id) => `${id} ${example.thirdParties[id].origin}`).join('\n                 ');
  console.log(`
  The portal     ${example.origin}
  Third parties  ${thirdParties}
  The lock       ${lock === 'meta' ? 'in every page, as <meta>' : 'with every page, as a header'}

  Open a dataset: the panel shows what each third party's own server has received.
  Nothing rises until you allow it there. Then switch a service on, and off again.
  Log in as "demo", password "demo". Ctrl-C stops everything.
`);
  process.once('SIGINT', () => void example.close());
} catch (error) {
  if (!(error instanceof PortTaken)) throw error;
  console.error(`\n  ${error.message}\n  Choose others, six in a row: npm start -- --port 9080\n`);
  process.exitCode = 1;
}
