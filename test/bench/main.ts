import { mkdir, writeFile } from 'node:fs/promises';
import { ensureBrowsers } from '../browsers';
import { isSlice, readOptions, USAGE, type BenchOptions } from './options';
import { parts } from './parts/index';
import { chartOf } from './report/chart';
import { documentOf, tableOf } from './report/markdown';
import { readResults, writeResults, type Results } from './report/results';

/** Measures, and writes docs/performance.md and its charts. */

const FOLDER = new URL('../../docs/performance/', import.meta.url);
const RESULTS = new URL('results.json', FOLDER);
const DOCUMENT = new URL('../performance.md', FOLDER);
/** What the rows of ours begin with. */
const OWN = 'ours';

let options: BenchOptions | undefined;
try {
  options = readOptions(
    process.argv.slice(2),
    parts.map(({ id }) => id),
  );
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 1;
}
if (options) await run(options);

async function run(options: BenchOptions): Promise<void> {
  await ensureBrowsers(['chromium']);
  const asked = options.only ?? (isSlice(options) ? ['page'] : parts.map(({ id }) => id));
  for (const { id, measure } of parts.filter(({ id }) => asked.includes(id))) {
    console.error(`${id} …`);
    const started = Date.now();
    try {
      const result = { ...(await measure(options)), date: new Date().toISOString().slice(0, 10) };
      console.log(result.tables.map(tableOf).join('\n'));
      if (!isSlice(options)) await keep({ ...readResults(RESULTS), [id]: result });
    } catch (error) {
      // What an earlier run has measured of it stays, and so do the other parts.
      console.error(error);
      process.exitCode = 1;
    }
    console.error(`${id}: ${Math.round((Date.now() - started) / 1000)} s`);
  }
}

async function keep(results: Results): Promise<void> {
  // In the order of the parts, whichever was measured last.
  const ordered = Object.fromEntries(parts.flatMap(({ id }) => (results[id] ? [[id, results[id]]] : [])));
  await mkdir(FOLDER, { recursive: true });
  await writeResults(RESULTS, ordered);
  await writeFile(DOCUMENT, documentOf(ordered));
  for (const table of Object.values(ordered).flatMap(({ tables }) => tables))
    if (table.chart) await writeFile(new URL(table.chart.file, FOLDER), chartOf(table, OWN));
}
