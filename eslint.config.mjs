import tseslint from 'typescript-eslint';

/** What the compiler does not see: promises that nobody waits for, tests that test nothing, values that are no text. */
export default tseslint.config(
  { ignores: ['dist', 'node_modules', '**/*.mjs', '**/*.cjs', '**/*.js', 'src/policy/presets'] },
  {
    files: ['src/**/*.ts', 'sw/**/*.ts', 'example/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-unreachable-loop': 'error',
      'no-else-return': 'error',
      'no-nested-ternary': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-expressions': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: ['describe', 'it', 'before', 'after', 'beforeEach', 'afterEach'] },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-base-to-string': 'error',
      '@typescript-eslint/restrict-plus-operands': 'error',
    },
  },
  { files: ['src/**/*.ts', 'sw/**/*.ts'], rules: { complexity: ['error', 20] } },
  // What every page loads is read most.
  { files: ['src/page/**/*.ts', 'sw/**/*.ts'], rules: { 'max-lines': ['error', 250] } },
  // What runs beside a site's own content.
  {
    files: ['src/{page,elements,sweep,diagnosis,consent,adapters}/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'document',
          message: 'A name in the page may hide it (<form name=cookie>): builtIn(document) has it.',
        },
      ],
    },
  },
  // A test may put anything where it does not belong.
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off', '@typescript-eslint/no-base-to-string': 'off' },
  },
);
