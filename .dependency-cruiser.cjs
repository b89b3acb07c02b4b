/**
 * What each folder may import: itself, and those before it. Types are left out, since nothing of them is there at run time.
 * Listed from the ground up; folders on one line do not know each other.
 */
const layers = [
  ['src/origins', 'src/dom'],
  ['src/compiled-policy'],
  ['src/consent'],
  ['src/requests', 'src/sweep'],
  ['src/csp'],
  ['src/messages', 'src/reports'],
  ['sw'],
  ['src/page'],
  ['src/diagnosis', 'src/adapters'],
  ['src/elements', 'src/preview-panel'],
  ['src/policy'],
  ['src/server'],
  ['src/cli'],
];

/** As above, within `src/page`; its own files, which put all of them together, come last. */
const page = [['worker', 'files', 'tabs'], ['document'], ['content'], ['decisions']];

const pattern = (folders) => `^(${folders.join('|')})/`;
const onlyDownwards = (layers, from = '') =>
  layers.flatMap((folders, level) => {
    const above = layers.slice(level + 1).flat();
    const rules = folders.map((folder) => ({ folder, to: [...above, ...folders.filter((other) => other !== folder)] }));
    return rules
      .filter(({ to }) => to.length > 0)
      .map(({ folder, to }) => ({
        name: `${folder} knows nothing above it`.replace(from, ''),
        severity: 'error',
        from: { path: pattern([from + folder]) },
        to: {
          path: pattern(to.map((other) => from + other)),
          dependencyTypesNot: ['type-only', 'type-import'],
          dynamic: false,
        },
      }));
  });

module.exports = {
  forbidden: [
    { name: 'nothing unused', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$'] }, to: {} },
    ...onlyDownwards(layers),
    ...onlyDownwards(page, 'src/page/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
