import { strict as assert } from 'node:assert';
import { startExample, type Example } from '../../example/portal';
import { nothingArrives } from '../browser/third-party-hits';
import { drive, type AnyEngine } from './drivers';

const VISITS = 3;
/** Each starts a browser. */
const LIMIT_MS = 300_000;
const DATASET = '/dataset/aide-humanitaire-d-urgence';
/** Every third party that the page has tags of, and that needs consent. */
const REFUSED = ['posthog', 'plausible', 'youtube', 'sharing', 'eulerian'] as const;

/** The race that a worker alone loses: the tags of the very first page, before any script of ours is there. */
export function coverFirstVisits(engines: AnyEngine[]): void {
  describe(`${VISITS} first visits, each with a fresh profile`, () => {
    for (const engine of engines) {
      it(`${engine}: send nothing`, async function () {
        this.timeout(LIMIT_MS);
        const unguarded = await visitAnew(engine, 1, { lock: 'none', editFile: () => '' });
        assert.notDeepEqual(unguarded, [], 'without protection the page’s tags are loaded');
        assert.deepEqual(await visitAnew(engine, VISITS, {}), []);
      });
    }
  });
}

/** @returns what reached the third parties, as `id: path` */
async function visitAnew(
  engine: AnyEngine,
  visits: number,
  options: Parameters<typeof startExample>[0],
): Promise<string[]> {
  const example = await startExample(options);
  try {
    for (let visit = 0; visit < visits; visit++) {
      const driver = await drive(engine);
      try {
        await driver.open(example.origin + DATASET);
        await driver.run('await window.gatekeeper?.register()');
        await nothingArrives(example);
      } finally {
        await driver.close();
      }
    }
    return received(example);
  } finally {
    await example.close();
  }
}

function received({ thirdParties }: Example): string[] {
  return REFUSED.flatMap((id) => thirdParties[id].requests.map(({ path }) => `${id}: ${path}`));
}
