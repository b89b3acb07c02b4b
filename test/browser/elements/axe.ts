import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Tab } from '../tab';

const AXE = new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url);

/**
 * Asserts that axe-core finds nothing on the page as it is, by any of its rules.
 * @param without rules that do not apply to the page as it is
 */
export async function assertAccessible({ page }: Tab, state: string, without: string[] = []): Promise<void> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const violations = await page.evaluate(async (without) => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
    return (await axe.run({ rules })).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`).join('\n')}`,
    );
  }, without);
  assert.deepEqual(violations, [], state);
}
