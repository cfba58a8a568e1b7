/** Parts for authors of backends, compilers and layers. Their arguments come from other parts, never from a user. */
export const internals: Readonly<Record<string, readonly string[]>> = {
  '@chainrule/augmentation': ['defineAugmentation'],
  '@chainrule/tensor': ['isFloat'],
  '@chainrule/layers-core': [
    'aConstraint',
    'aLayer',
    'aRegularizer',
    'activate',
    'activationName',
    'anActivation',
    'anInitializer',
    'addBias',
    'biasWeight',
    'configurable',
    'describeArguments',
    'applyDropout',
    'checkRank',
    'kernelWeight',
    'checkSequence',
    'reviveArguments',
  ],
  // `fit` makes it.
  '@chainrule/model': ['History'],
  // Called for every piece of a text.
  Aligned: ['slice', 'from', 'to'],
};

/** Names that messages start with, for functions whose messages start with another name. */
export const messageNames: Readonly<Record<string, readonly string[]>> = {
  // Its name in saved models.
  identityInitializer: ['identity'],
  // The function to check is the user's, and calls `mul`.
  checkGradients: ['mul'],
  // It adds to the metric that it gets.
  measure: ['binaryAccuracy'],
  startWasm: ['wasm'],
  // Expressions: `gt` is `lt` of exchanged operands.
  gt: ['lt'],
  map: ['node'],
  normalizeBatch: ['node'],
  normalizeLayer: ['reshape'],
  normalizeRms: ['reshape'],
};

/**

 */
export const failing: readonly string[] = [
  'toElement',
  'CsvTable',
  'Dataset',
  'airlinePassengers',
  'arrhythmia',
  'autoMpg',
  'bostonHousing',
  'imdbReviews',
  'pimaDiabetes',
  'basicMotions',
  'cifar10',
  'cifar100',
  'download',
  'fashionMnist',
  'fetchBytes',
  'firstNames',
  'imageFolder',
  'iris',
  'mnist',
  'parquetTables',
  'pause',
  'readJpeg',
  'readParquet',
  'rtPolarity',
  'simpleEngFra',
  'smsSpam',
  'splitSegments',
  'starbucks',
  'tinyShakespeare',
  'wine',
  'WordTokenizer',
];

/** Functions whose last argument is an object of data, in which they ignore unknown entries. */
export const takingData: readonly string[] = [
  'withOptions',
  'Scaler',
  'ColumnTransformer',
  'Imputer',
  'ColumnTable',
  'fromArrow',
  'OneHotEncoder',
  'OrdinalEncoder',
  'QuantileScaler',
  'TextImputer',
  'FastTextVectors',
  'trainStep',
  'restore',
  'encodeSafetensors',
  'setWeights',
  'getWeights',
  'architectureOf',
  'encodeModel',
  'saveModel',
  'encodeCheckpoint',
  'saveCheckpoint',
  'loadCheckpoint',
  'progressElement',
  'loadModel',
];
