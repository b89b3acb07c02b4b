import { writeFileSync } from 'node:fs';
import { ensureBrowsers } from '../browsers';
import { ensureWebKit } from '../webkit';
import { measure, type EngineResults } from './matrix';
import type { FamilyProbe } from './probe';
import { probes } from './probes/index';
import { states, type State } from './states';
import { leaksOf, missing, openBecause } from './verdict';
import type { Protection } from './world';

/** Measures the whole matrix and writes docs/coverage.md. Ends with an error when something leaks that must not. */

const PROTECTIONS: Protection[] = [
  { wall: 'strict', lock: 'header' },
  { wall: 'strict', lock: 'meta' },
  { wall: 'live', lock: 'header' },
  { wall: 'off', lock: 'none' },
];

/** The one that promises that nothing leaves; the others are measured to say what they leave open. */
const PROMISED = PROTECTIONS[0]!;

const closed = states.filter(({ expects }) => expects === 'closed');
const letterOf = (state: State) => String.fromCharCode(97 + closed.indexOf(state));

await ensureBrowsers();
ensureWebKit();

const sections: string[] = [];
const failures: string[] = [];
let versions: string[] = [];
for (const protection of PROTECTIONS) {
  const results = await Promise.all(
    ['chromium', 'firefox'].map((engine) => measure(engine as 'chromium' | 'firefox', protection)),
  );
  results.push(await measure('webkit', protection));
  versions = results.map(({ version }) => version);
  sections.push(section(protection, results));
  if (protection === PROMISED) failures.push(...results.flatMap(failuresOf));
}
writeFileSync(new URL('../../docs/coverage.md', import.meta.url), page());
if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exitCode = 1;
}

function page(): string {
  return `# What leaves, measured

Written by \`test/coverage/table.ts\` on ${new Date().toISOString().slice(0, 10)}, with ${versions.join(', ')}.
${probes.length} ways out, each tried in every state; counted at the third party’s server, on loopback.

States: ${closed.map((state) => `**${letterOf(state)}** ${state.name}`).join('; ')}.

In the tables, ✓ is closed in every state, – is not sent by this engine even without protection, letters are the
states in which it got out, and ○ stands for a way out that nothing here can close in these states.

${sections.join('\n')}
## Open, and why

${reasons()}

## Not opened by a grant

${staysClosed()}

## Tried, but sent by no engine

${probes
  .filter(({ silent }) => silent)
  .map(({ title, silent }) => `- ${title}: ${silent}`)
  .join('\n')}
`;
}

function section(protection: Protection, results: EngineResults[]): string {
  const engines = results.map(({ engine }) => engine);
  const sent = probes.filter((probe) => results.some((result) => isSent(probe, result)));
  const rows = [...new Set(sent.map(({ family }) => family))].flatMap((family) => [
    `| **${family}** |${' |'.repeat(engines.length + 1)}`,
    ...sent
      .filter((probe) => probe.family === family)
      .map(
        (probe) =>
          `| ${probe.title} | ${results.map((result) => cell(probe, result)).join(' | ')} | ${probe.closedBy} |`,
      ),
  ]);
  return `## Wall \`${protection.wall}\`, lock ${protection.lock === 'none' ? 'missing' : `as ${protection.lock}`}

| state | ${engines.join(' | ')} |
| --- |${' --- |'.repeat(engines.length)}
| no protection | ${results.map(({ baseline }) => `${Object.keys(baseline.whole.hits).length} sent`).join(' | ')} |
${states.map((state) => `| ${state.name} | ${results.map((result) => summary(state, result)).join(' | ')} |`).join('\n')}

| way out | ${engines.join(' | ')} | closed by |
| --- |${' --- |'.repeat(engines.length + 1)}
${rows.join('\n')}
`;
}

function isSent({ id }: FamilyProbe, { baseline }: EngineResults): boolean {
  return Boolean(baseline.whole.hits[id] || baseline.armed.hits[id]);
}

function cell(probe: FamilyProbe, result: EngineResults): string {
  if (!isSent(probe, result)) return '–';
  const out = closed.filter((state) => {
    const found = result.cells.get(state);
    return found && !(found instanceof Error) && found.hits[probe.id];
  });
  if (out.length === 0) return '✓';
  const allowed = out.every((state) => openBecause(probe, result.engine, state) !== undefined);
  const letters = out.length === closed.length ? 'all' : out.map(letterOf).join('');
  return allowed ? `○ ${letters}` : letters;
}

function summary(state: State, result: EngineResults): string {
  const found = result.cells.get(state);
  if (!found) return '–';
  if (found instanceof Error) return `not measured: ${found.message}`;
  if (state.expects === 'closed') {
    const leaks = leaksOf(found, result.engine, state).length;
    return `${leaks} out, and ${Object.keys(found.hits).length - leaks} that cannot be closed`;
  }
  const notThrough = missing(found.hits, baselineOf(state, result).hits, result.engine, state).length;
  return notThrough === 0 ? 'everything through' : `${notThrough} not through`;
}

function baselineOf(state: State, { baseline }: EngineResults) {
  return state.armed ? baseline.armed : baseline.whole;
}

function failuresOf(result: EngineResults): string[] {
  return [...result.cells].flatMap(([state, found]) => {
    const where = `${result.engine}, ${state.name}`;
    if (found instanceof Error) return [`${where}: ${found.message}`];
    if (!found) return [];
    const wrong =
      state.expects === 'closed'
        ? leaksOf(found, result.engine, state)
        : missing(found.hits, baselineOf(state, result).hits, result.engine, state);
    return wrong.map(({ id }) => `${where}: ${id} ${state.expects === 'closed' ? 'got out' : 'did not get through'}`);
  });
}

function reasons(): string {
  return probes
    .flatMap((probe) => {
      if (probe.closedBy === 'open') return [`- ${probe.title}: ${probe.reason}`];
      return (probe.exceptions ?? []).map(
        ({ engine, uncontrolled, reason }) =>
          `- ${probe.title}${engine ? `, in ${engine}` : ''}${uncontrolled ? ', while no worker controls the page' : ''}: ${reason}`,
      );
    })
    .join('\n');
}

function staysClosed(): string {
  const always = probes
    .filter(({ staysClosed }) => staysClosed)
    .map(
      ({ title, staysClosed, reason }) => `- ${title}${staysClosed === true ? '' : `, in ${staysClosed}`}: ${reason}`,
    );
  const reasons = new Set(
    probes
      .flatMap(({ lostOnReload }) => lostOnReload ?? [])
      .map(({ engine, reason }) => `In ${engine}, after the reload that a grant causes: ${reason}`),
  );
  const after = [...reasons].map(
    (reason) =>
      `- ${reason}: ${probes
        .filter(({ lostOnReload }) => lostOnReload && reason.endsWith(lostOnReload.reason))
        .map(({ title }) => title)
        .join('; ')}`,
  );
  return [...always, ...after].join('\n');
}
