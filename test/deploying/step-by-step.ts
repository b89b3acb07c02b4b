/**
 * Each test of a suite is taken from where the last has ended: what comes after one that has failed is skipped. Mocha's own `bail` would
 * leave out all files that come later, too.
 */
export function stepByStep(): void {
  let hasFailed = false;
  beforeEach(function () {
    if (hasFailed) this.skip();
  });
  afterEach(function () {
    hasFailed ||= this.currentTest?.state === 'failed';
  });
}
