import assert from 'node:assert/strict';
import { measureServed, served, tableOf, type Served, type Size } from '../../size/served-bytes';

describe('The built files are small', () => {
  let sizes: Record<Served, Size>;

  before(async () => {
    sizes = await measureServed();
    // Continuous integration keeps it: who reads a change sees what it costs.
    console.log(tableOf(sizes));
  });

  for (const name of served)
    it(name, () => {
      const { bytes, limit } = sizes[name];
      assert.ok(bytes <= limit, `${bytes} bytes; the limit is ${limit}`);
    });
});
