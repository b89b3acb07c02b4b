import { PortTaken } from './listen';
import { readOptions, USAGE, type ExampleOptions } from './options';
import { startExample } from './portal';
import { standInIds, type StandInId } from './third-parties/start-third-parties';

const GUARDED = `  Open a dataset: the panel shows what each third party's own server has received.
  Nothing rises until you allow it there. Then switch a service on, and off again.`;
const LOCKS = { header: 'with every page, as a header', meta: 'in every page, as <meta>' };
const UNGUARDED = '  See who is asked: npx cookie-gatekeeper audit, with the address of the portal.';

const options = readOptions(process.argv.slice(2), standInIds.length);
if (options === 'help') console.log(USAGE);
else if ('wrong' in options) fail(`${options.wrong} All options: npm start -- --help`, 2);
else await start(options);

async function start({ port, lock, interface: theme, guarded }: ExampleOptions): Promise<void> {
  // The stand-ins take the ports after the portal's, as policy.json has them.
  const thirdPartyPorts = Object.fromEntries(standInIds.map((id, i) => [id, port + 1 + i])) as Record<
    StandInId,
    number
  >;
  try {
    const example = await startExample({
      port,
      thirdPartyPorts,
      lock: guarded ? lock : 'none',
      interface: theme,
      guarded,
    });
    const thirdParties = standInIds.map((id) => `${id} ${example.thirdParties[id].origin}`).join('\n                 ');
    console.log(`
  The portal     ${example.origin}
  Third parties  ${thirdParties}
  The lock       ${guarded ? LOCKS[lock] : 'none: nobody is asked, and everything gets out'}

${guarded ? GUARDED : UNGUARDED}
  Log in as "demo", password "demo". Ctrl-C stops everything.
`);
    process.once('SIGINT', () => void example.close());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof PortTaken)
      fail(`${message}\n  Choose others, ${standInIds.length + 1} in a row: npm start -- --port 9080\n`);
    else if (code === 'EACCES')
      fail(`Port ${port} is not for everybody to listen on.\n  Choose one above 1023: npm start -- --port 9080\n`);
    else throw error;
  }
}

/** @param exitCode 2 for what was typed wrong */
function fail(message: string, exitCode = 1): void {
  console.error(`\n  ${message}`);
  process.exitCode = exitCode;
}
