import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['**/dist/', '**/coverage/', 'packages/testing/.examples/', 'scripts/templates/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.base,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'max-lines': ['error', { max: 400 }],
      // Aim for 40. Tables of operations and functions with many inner functions are the longest.
      'max-lines-per-function': ['error', { max: 75, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['apps/docs/**/*.ts', 'docs/**/*.ts'],
    languageOptions: { parserOptions: { project: './apps/docs/tsconfig.json' } },
  },
  {
    files: [
      '**/*.test.ts',
      '**/*.test-d.ts',
      'apps/**/*.ts',
      'packages/create-chainrule/templates/**/*.ts',
      'packages/testing/**/*.ts',
      'scripts/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // Tables of cases take a line for each entry.
    files: ['**/*.test.ts', '**/*.test-d.ts'],
    rules: { 'max-lines': ['error', { max: 550 }], 'max-lines-per-function': 'off' },
  },
  {
    // Tests of types declare values only for what the compiler says about them.
    files: ['**/*.test-d.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    // Calls that the compiler refuses have no types.
    files: ['packages/testing/src/mistakes/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-unary-minus': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
);
