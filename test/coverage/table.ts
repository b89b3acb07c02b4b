import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBrowsers } from '../browsers';
import { ensureWebKit } from '../webkit';
import { documentOf, ENGINES, failuresOf, type NamedProtection } from './document';
import type { AnyEngine } from './drivers';
import { measure } from './matrix';
import { states, type State } from './states';
import { measuredOf, readMeasured, writeMeasured } from './measured';

/**
 * Measures the matrix, or the parts of it that are asked for, and writes docs/coverage.md; what was measured of the others
 * before stays. Ends with an error when something leaks that must not.
 */

const PROTECTIONS: readonly NamedProtection[] = [
  { name: 'strict', wall: 'strict', lock: 'header', title: 'Wall `strict`, lock as header' },
  { name: 'meta', wall: 'strict', lock: 'meta', title: 'Wall `strict`, lock as meta' },
  { name: 'tag', wall: 'strict', lock: 'none', title: 'Wall `strict`, no lock: the tag alone' },
  { name: 'live', wall: 'live', lock: 'header', title: 'Wall `live`, lock as header' },
  { name: 'off', wall: 'off', lock: 'none', title: 'Wall `off`' },
];

/** The one that promises that nothing leaves; the others are measured to say what they leave open. */
const PROMISED = 'strict';

const USAGE = `npm run leaks -- [options]
  --only strict,tag             measures under these: ${PROTECTIONS.map(({ name }) => name).join(', ')}
  --engines chromium,firefox    in these: ${ENGINES.join(', ')}
  --states granted              the states with this in their names; all without it`;

const names = PROTECTIONS.map(({ name }) => name);
try {
  const option = { type: 'string' } as const;
  const {
    only,
    engines,
    states: named = '',
  } = parseArgs({ options: { only: option, engines: option, states: option } }).values;
  const asked = words('only', only, names);
  await measureAll(
    PROTECTIONS.filter(({ name }) => asked.includes(name)),
    words('engines', engines, ENGINES),
    states.filter(({ name }) => name.includes(named)),
  );
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${USAGE}` : error);
  process.exitCode = 1;
}

async function measureAll(
  protections: readonly NamedProtection[],
  engines: readonly AnyEngine[],
  states: readonly State[],
): Promise<void> {
  await ensureBrowsers();
  if (engines.includes('webkit')) ensureWebKit();
  const failures: string[] = [];
  for (const protection of protections) {
    // The two that puppeteer drives side by side; WebKit, whose driver has one session, after them.
    const puppets = engines.filter((engine) => engine !== 'webkit');
    await Promise.all(puppets.map((engine) => measureOne(engine, protection, states, failures)));
    if (engines.includes('webkit')) await measureOne('webkit', protection, states, failures);
  }
  if (failures.length > 0) {
    console.error(failures.join('\n'));
    process.exitCode = 1;
  }
}

/** Measures, and writes it down at once: what comes next may fail. */
async function measureOne(
  engine: AnyEngine,
  protection: NamedProtection,
  states: readonly State[],
  failures: string[],
): Promise<void> {
  const { name } = protection;
  const now = measuredOf(await measure(engine, protection, states));
  const before = readMeasured()[name]?.[engine];
  // What was not measured now is as it was.
  const found = { ...now, states: { ...before?.states, ...now.states } };
  if (name === PROMISED) failures.push(...failuresOf(engine, found));
  const earlier = readMeasured();
  const measured = { ...earlier, [name]: { ...earlier[name], [engine]: found } };
  writeMeasured(measured);
  writeFileSync(new URL('../../docs/coverage.md', import.meta.url), documentOf(PROTECTIONS, measured));
  console.error(`${name}, ${engine}: measured`);
}

/** @throws {TypeError} for what there is not */
function words<T extends string>(option: string, written: string | undefined, known: readonly T[]): readonly T[] {
  const asked = written?.split(',') ?? known;
  const unknown = asked.find((word) => !known.includes(word as T));
  if (unknown !== undefined)
    throw new TypeError(`--${option}: there is no "${unknown}". There are: ${known.join(', ')}.`);
  return asked as readonly T[];
}
