import type { AnyEngine } from './drivers';
import type { Measured, MeasuredEngine } from './measured';
import type { FamilyProbe } from './probe';
import { probes } from './probes/index';
import { states, type State } from './states';
import { openBecause } from './verdict';
import type { Protection } from './world';

/** Writes what was measured as docs/coverage.md. */

/** A protection, with what the document calls it. */
export interface NamedProtection extends Protection {
  /** As `--only` takes it. */
  name: string;
  title: string;
}

export const ENGINES: readonly AnyEngine[] = ['chromium', 'firefox', 'webkit'];

const closed = states.filter(({ expects }) => expects === 'closed');

export function documentOf(protections: readonly NamedProtection[], measured: Measured): string {
  return `# What leaves, measured

Written by \`test/coverage/table.ts\`. ${probes.length} ways out, each tried in every state; counted at the third party’s
server, on loopback.

States: ${closed.map((state) => `**${letterOf(state)}** ${state.name}`).join('; ')}.

In the tables, ✓ is closed in every state, – is not sent by this engine even without protection, letters are the
states in which it got out, and ○ stands for a way out that nothing here can close in these states.

${protections.map((protection) => section(protection, measured[protection.name] ?? {})).join('\n')}
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

function letterOf(state: State): string {
  return String.fromCharCode(97 + closed.indexOf(state));
}

function section({ title }: NamedProtection, found: Measured[string]): string {
  const engines = ENGINES.filter((engine) => found[engine]);
  if (engines.length === 0) return `## ${title}\n\nNot measured yet.\n`;
  const columns = engines.map((engine) => ({ engine, found: found[engine]! }));
  const sent = probes.filter(({ id }) => columns.some((column) => column.found.sent.includes(id)));
  const rows = [...new Set(sent.map(({ family }) => family))].flatMap((family) => [
    `| **${family}** |${' |'.repeat(engines.length + 1)}`,
    ...sent
      .filter((probe) => probe.family === family)
      .map(
        (probe) =>
          `| ${probe.title} | ${columns.map((column) => cell(probe, column)).join(' | ')} | ${probe.closedBy} |`,
      ),
  ]);
  return `## ${title}

Measured with ${columns.map((column) => `${column.found.version} on ${column.found.date}`).join(', ')}.

| state | ${engines.join(' | ')} |
| --- |${' --- |'.repeat(engines.length)}
| no protection | ${columns.map((column) => `${column.found.sent.length} sent`).join(' | ')} |
${states.map((state) => `| ${state.name} | ${columns.map((column) => summary(state, column)).join(' | ')} |`).join('\n')}

| way out | ${engines.join(' | ')} | closed by |
| --- |${' --- |'.repeat(engines.length + 1)}
${rows.join('\n')}
`;
}

interface Column {
  engine: AnyEngine;
  found: MeasuredEngine;
}

function cell({ id, ...probe }: FamilyProbe, { engine, found }: Column): string {
  if (!found.sent.includes(id)) return '–';
  const out = closed.filter(({ name }) => {
    const state = found.states[name];
    return state && 'out' in state && state.out.includes(id);
  });
  if (out.length === 0) return '✓';
  const isAllowed = out.every((state) => openBecause({ id, ...probe }, engine, state) !== undefined);
  const letters = out.length === closed.length ? 'all' : out.map(letterOf).join('');
  return isAllowed ? `○ ${letters}` : letters;
}

function summary(state: State, { engine, found }: Column): string {
  const measured = found.states[state.name];
  if (measured === undefined) return 'not measured';
  if (measured === null) return '–';
  if ('error' in measured) return `not measured: ${measured.error}`;
  if (state.expects === 'granted')
    return measured.notThrough.length === 0 ? 'everything through' : `${measured.notThrough.length} not through`;
  const leaks = leaksIn(measured.out, engine, state).length;
  return `${leaks} out, and ${measured.out.length - leaks} that cannot be closed`;
}

function leaksIn(out: readonly string[], engine: AnyEngine, state: State): FamilyProbe[] {
  return probes.filter((probe) => out.includes(probe.id) && openBecause(probe, engine, state) === undefined);
}

/** What got out that must not, did not get through that must, or could not be measured: a line each. */
export function failuresOf(engine: AnyEngine, { states: measured }: MeasuredEngine): string[] {
  return states.flatMap((state) => {
    const where = `${engine}, ${state.name}`;
    const found = measured[state.name];
    if (!found) return [];
    if ('error' in found) return [`${where}: ${found.error}`];
    return [
      ...leaksIn(found.out, engine, state).map(({ id }) => `${where}: ${id} got out`),
      ...found.notThrough.map((id) => `${where}: ${id} did not get through`),
    ];
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
