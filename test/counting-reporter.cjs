const { reporters, Runner } = require('mocha');

/** The spec reporter, closing on the line "N passed, N failed" that continuous integration reads. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on(Runner.constants.EVENT_TEST_RETRY, (test, error) =>
      console.log(`      tried again: ${test.title}: ${error.message.split('\n')[0]}`),
    );
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      console.log(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ''}`);
    });
  }
};
