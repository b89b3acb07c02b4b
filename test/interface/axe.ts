import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { AxeResults } from 'axe-core';
import type { Tab } from '../browser/tab';

const AXE = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url);

/** Asserts that axe-core finds nothing on the page as it is, by any of its rules. */
export async function assertAccessible({ page }: Tab, state: string): Promise<void> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`).join('\n')}`);
  });
  assert.deepEqual(violations, [], state);
}
