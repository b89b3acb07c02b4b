import { parseArgs } from 'node:util';
import { nearest } from '../src/policy/nearest';

export interface ExampleOptions {
  /** The portal's; the stand-ins take those after it. */
  port: number;
  /** Where the lock is: for a site that cannot set headers, in the HTML of every page. */
  lock: 'header' | 'meta';
  /** `dsfr`: the interface as the French State's design system has it. */
  interface: 'own' | 'dsfr';
  /** False: the portal as it was before it had a gatekeeper. */
  guarded: boolean;
}

const DEFAULT_PORT = 8080;
const LAST_PORT = 65535;
const OPTIONS = {
  port: { type: 'string', default: String(DEFAULT_PORT) },
  'static-lock': { type: 'boolean', default: false },
  dsfr: { type: 'boolean', default: false },
  unguarded: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * Reads what a person wrote after `npm start --`.
 * @param thirdParties how many ports after the portal's are needed
 * @returns `help` when that was asked for, or what is wrong, in words
 */
export function readOptions(args: string[], thirdParties: number): ExampleOptions | 'help' | { wrong: string } {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (values.help) return 'help';
    const highest = LAST_PORT - thirdParties;
    const port = /^\d+$/.test(values.port) ? Number(values.port) : 0;
    if (port < 1 || port > highest)
      return {
        wrong: `--port ${values.port}: write a port from 1 to ${highest}, such as --port 9080; the third parties take the ${thirdParties} after it.`,
      };
    return {
      port,
      lock: values['static-lock'] ? 'meta' : 'header',
      interface: values.dsfr ? 'dsfr' : 'own',
      guarded: !values.unguarded,
    };
  } catch (error) {
    return { wrong: mistake(error as NodeJS.ErrnoException) };
  }
}

/** What is wrong with an argument, which parseArgs names, and what was most likely meant. */
function mistake({ code, message }: NodeJS.ErrnoException): string {
  const named = /'([^']*)'/.exec(message)?.[1] ?? '';
  const names = Object.keys(OPTIONS);
  const meant = nearest(named.replace(/^-+/, ''), names);
  const instead = meant ? `Did you mean "--${meant}"?` : `Options: ${names.map((name) => `--${name}`).join(', ')}.`;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `there is no option "${named}". ${instead}`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `"${named}" stands alone. ${/^\d+$/.test(named) ? `Did you mean "--port ${named}"?` : instead}`;
  return `${message.split('. ')[0]}.`;
}

export const USAGE = `
  npm start                          the example portal, on port ${DEFAULT_PORT}
  npm start -- --port 9080           on another; the third parties take the ports after it
  npm start -- --static-lock         with the lock in the HTML of every page, as <meta>
  npm start -- --dsfr                with the interface of the French State's design system
  npm start -- --unguarded           as it was before it had a gatekeeper, for an audit

  Its policy is example/policy.json.
`;
