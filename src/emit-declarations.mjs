import { extname } from 'node:path';
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
  const named = (specifier) =>
    specifier.text.startsWith('.') && !extname(specifier.text)
      ? context.factory.createStringLiteral(`${specifier.text}.js`, true)
      : specifier;
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
  return visit;
}
