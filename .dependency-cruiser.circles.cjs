/**
 * No module needs itself. Looked for without types and without what is loaded later: of several ways round, the tool tells
 * one, and a way by a type, which is none at run time, hides one that is.
 */
module.exports = {
  forbidden: [{ name: 'no circles', severity: 'error', from: {}, to: { circular: true } }],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { dynamic: true },
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
