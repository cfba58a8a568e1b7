/** What the umbrella re-exports. */
const everything = [
  'tensor',
  'autograd',
  'compiler',
  'backend-wasm',
  'layers-core',
  'layers-dense',
  'layers-merge',
  'layers-normalization',
  'layers-conv',
  'layers-recurrent',
  'layers-attention',
  'losses',
  'metrics',
  'optim',
  'augmentation',
  'data-loaders',
  'model',
  'model-selection',
  'text-tokenizer',
  'embeddings',
];

/** What each package may import besides `errors`; the table of docs/architecture. */
const mayImport = {
  errors: [],
  files: [],
  tensor: [],
  autograd: ['tensor'],
  compiler: ['tensor'],
  'backend-wasm': ['tensor', 'compiler'],
  'layers-core': ['tensor', 'autograd'],
  'layers-dense': ['tensor', 'layers-core'],
  'layers-merge': ['tensor', 'layers-core'],
  'layers-normalization': ['tensor', 'layers-core'],
  'layers-conv': ['tensor', 'layers-core'],
  'layers-recurrent': ['tensor', 'layers-core'],
  'layers-attention': ['tensor', 'layers-core'],
  losses: ['tensor'],
  metrics: ['tensor'],
  optim: ['tensor'],
  augmentation: ['tensor', 'compiler', 'layers-core'],
  'data-loaders': ['tensor', 'files'],
  'text-tokenizer': [],
  embeddings: ['tensor', 'autograd', 'optim', 'compiler'],
  model: ['tensor', 'autograd', 'compiler', 'layers-core', 'optim', 'files'],
  tensorboard: ['tensor'],
  'model-selection': ['tensor', 'data-loaders', 'metrics', 'model', 'files'],
  visualize: ['tensor', 'autograd', 'metrics', 'model', 'optim', 'data-loaders'],
  chainrule: everything,
  'create-chainrule': [],
};
const mayImportTypes = {
  tensorboard: ['model'],
  model: ['losses', 'metrics', 'data-loaders'],
};
const tests = '[.]test(-d)?[.]ts$';
/** Helpers that only tests of their own package use. */
const testing = '^(packages|apps)/[^/]+/testing/';
/** Examples that tests in Chromium and in Node share. */
const browserHelpers = '^packages/visualize/testing/';
/** Networks that examples of figures show; `visualize` itself knows no layers. */
const shownNets = '^packages/testing/src/blocks/smallNets[.]ts$';

/** The floors inside a package, from the bottom: a folder imports from itself and from floors below; a list is one floor. */
const floors = {
  tensor: ['types', 'array', 'random', 'expr', 'graph', 'nodes', 'ops'],
  compiler: ['graph', 'passes', ['plan', 'backend'], 'compile'],
  embeddings: ['options', 'vectors', ['files', 'evaluation', 'corpus'], 'training'],
  'backend-wasm': [
    'asm',
    ['platform', 'lanes'],
    'math',
    ['runtime', 'kernels/common'],
    ['kernels/gemm', 'kernels/pooling', 'kernels/indexing', 'kernels/layout', 'kernels/ordering'],
    ['kernels/conv', 'kernels/prefix', 'kernels/random', 'loop'],
    'kernels/winograd',
    'program',
    'backend',
  ],
};

const floorRules = Object.entries(floors).flatMap(([name, list]) =>
  list.flatMap((floor, i) =>
    [floor].flat().map((folder) => {
      const allowed = [folder, ...list.slice(0, i).flat()];
      return {
        name: `${name}-floor-${folder.replace('/', '-')}`,
        comment: `In \`${name}\`, \`${folder}\` may import only: ${allowed.join(', ')}.`,
        severity: 'error',
        from: { path: `^packages/${name}/src/${folder}/`, pathNot: tests },
        to: { path: `^packages/${name}/src/`, pathNot: `^packages/${name}/src/(${allowed.join('|')})/` },
      };
    }),
  ),
);

const others = (name, allowed) => `^packages/(?!(${[name, 'errors', ...allowed].join('|')})/)`;

const packageRules = Object.entries(mayImport).flatMap(([name, allowed]) => {
  const types = mayImportTypes[name] ?? [];
  const from = `^packages/${name}/src/`;
  return [
    {
      name: `${name}-imports`,
      comment: `\`${name}\` may import only: ${['errors', ...allowed, ...types].join(', ')}.`,
      severity: 'error',
      from: { path: from, pathNot: tests },
      to: { path: others(name, [...allowed, ...types]) },
    },
    {
      name: `${name}-tests-imports`,
      comment: `Tests of \`${name}\`, and their helpers, may also import \`testing\`.`,
      severity: 'error',
      from: { path: [`${from}.*${tests}`, `^packages/${name}/testing/`] },
      to: { path: others(name, [...allowed, ...types, 'testing']) },
    },
    ...types.map((type) => ({
      name: `${name}-imports-types-of-${type}`,
      comment: `\`${name}\` may import only types from \`${type}\`.`,
      severity: 'error',
      from: { path: from, pathNot: tests },
      to: { path: `^packages/${type}/`, dependencyTypesNot: ['type-only'] },
    })),
  ];
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'No cycles between files, in types either.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'resolves', comment: 'Every import resolves.', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'package-in-table',
      comment: 'A new package needs its row in .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: `^packages/(?!(${[...Object.keys(mayImport), 'testing'].join('|')})/)` },
      to: {},
    },
    {
      name: 'entry-points-only',
      comment:
        'Import another package by its name, never by a path into it. Tests in browsers use helpers of tests, too, and these use small networks.',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: { path: '^packages/', pathNot: ['^packages/$2/', browserHelpers, shownNets], dependencyTypes: ['local'] },
    },
    { name: 'nothing-imports-apps', severity: 'error', from: { path: '^packages/' }, to: { path: '^apps/' } },
    {
      name: 'no-tests-in-sources',
      comment: 'Only tests, and helpers in `packages/*/testing`, import such helpers; nothing imports tests.',
      severity: 'error',
      from: { pathNot: [tests, testing, '[.]page[.]ts$'] },
      to: { path: [tests, testing] },
    },
    {
      name: 'test-helpers-beside-src',
      comment: 'A file that imports a test framework is a test, or a helper in `packages/*/testing`.',
      severity: 'error',
      from: { path: '^packages/(?!testing/)[^/]+/src/', pathNot: [tests, '^packages/tensor/src/oracle/'] },
      to: { path: '(^|/)node_modules/(vitest|fast-check)/' },
    },
    {
      name: 'runs-in-browsers',
      comment: 'Libraries run in browsers: Node modules only in tests, `testing` and files named *.node.ts.',
      severity: 'error',
      from: { path: '^packages/(?!testing/)', pathNot: [testing, `(${tests}|[.]node[.]ts$|tsup[.]config[.]ts$)`] },
      to: { dependencyTypes: ['core'] },
    },
    ...packageRules,
    ...floorRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^((packages|apps)/[^/]+/(dist|[.]examples)|packages/create-chainrule/templates)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
