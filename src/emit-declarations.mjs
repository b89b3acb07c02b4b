import { dirname, extname, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Writes the package's types to dist/. A worker of rollup.config.mjs: types take as long as all the rest, which needs none.
 */
const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
  'src/tsconfig.build.json',
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: refuse },
);
const { diagnostics } = ts
  .createProgram(fileNames, options)
  .emit(undefined, undefined, undefined, true, { afterDeclarations: [namesWithExtension] });
if (diagnostics.length > 0) refuse(...diagnostics);

function refuse(...diagnostics) {
  throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
}

/**
 * Names the modules that types come from as Node's own rules ask for it, with an extension: TypeScript writes them as the
 * sources do, which bundlers and itself understand, and whoever goes by those rules then finds no types, and is told nothing.
 */
function namesWithExtension(context) {
  let folder;
  const named = (specifier) =>
    /^\.\.?(\/|$)/.test(specifier.text) && !extname(specifier.text.replace(/(^|\/)\.+$/, ''))
      ? context.factory.createStringLiteral(`${fileOf(specifier.text)}.js`, true)
      : specifier;
  // A folder stands for its index.
  const fileOf = (name) => (ts.sys.directoryExists(resolve(folder, name)) ? `${name}/index` : name);
  // In `import … from`, `export … from`, and `import('…').Type`.
  const visit = (node) => {
    const visitChild = (child) => {
      if (child === node.moduleSpecifier) return named(child);
      return ts.isImportTypeNode(node) && child === node.argument
        ? ts.visitEachChild(child, named, context)
        : visit(child);
    };
    return ts.visitEachChild(node, visitChild, context);
  };
  return (source) => {
    folder = dirname(ts.getOriginalNode(source).fileName ?? source.fileName);
    return visit(source);
  };
}
