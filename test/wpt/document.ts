import type { Difference, Reasons } from './differences';

interface Measured {
  /** The browser's. */
  version: string;
  pages: number;
  /** Tests that passed, in the first run of each. */
  without: number;
  withOurs: number;
  found: Difference[];
  known: Reasons;
}

/** The text of docs/web-platform-tests.md. */
export function document({ version, pages, without, withOurs, found, known }: Measured): string {
  const rows = found.map(
    ({ page, test }) => `| ${cell(page)} | ${cell(test)} | ${cell(known[page]?.[test] ?? 'nobody has said why yet')} |`,
  );
  return `# Web-platform-tests with our worker in front

Written by \`test/wpt/main.ts\` on ${new Date().toISOString().slice(0, 10)}, with ${version}.

\`service-workers/service-worker\` of web-platform-tests, served by their own server, twice: as it is, and with
\`importScripts\` of our built worker before every service worker's script (\`import\` before a module's). Everything is permitted,
so nothing is refused: what differs is what a worker of yours can notice of ours.

| pages | tests that pass without | with | that pass without and not with, each time |
| --- | --- | --- | --- |
| ${pages} | ${without} | ${withOurs} | ${found.length} |

To run them: \`WPT=/path/to/a/checkout npm run test:wpt\`. Without one, the command says how to get it. It fails when a test is
lost for which no reason is written in \`test/wpt/known-differences.json\`.

## What differs, and why

| page | test | reason |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
