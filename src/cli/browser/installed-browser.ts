import { executableNamedIn, findExecutable } from './find-executable';

export const ENGINES = ['chromium', 'firefox'] as const;
export type Engine = (typeof ENGINES)[number];

interface Place {
  /** Environment variables that name the executable, the most specific first. */
  variables: readonly string[];
  /** Names under which distributions put it on the PATH, and where installers put it elsewhere. */
  names: readonly string[];
}

export const PLACES: Readonly<Record<Engine, Place>> = {
  chromium: {
    variables: ['CHROMIUM_PATH', 'PUPPETEER_EXECUTABLE_PATH'],
    names: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  firefox: {
    variables: ['FIREFOX_PATH'],
    names: ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  },
};

/**
 * The browser that is installed on this machine, or that an environment variable names.
 * @returns undefined when there is none
 * @throws {CommandError} when a variable names what cannot be executed
 */
export function installedBrowser(engine: Engine): string | undefined {
  const { variables, names } = PLACES[engine];
  return variables.map(executableNamedIn).find(Boolean) ?? findExecutable(names);
}
