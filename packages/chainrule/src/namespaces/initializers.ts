// The namespace `initializers`, with the names of Keras and of saved models.
export {
  constant,
  fromValues,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  identityInitializer as identity,
  lecunNormal,
  lecunUniform,
  normal,
  normalizedPositiveDefinite,
  onesInitializer as ones,
  orthogonal,
  truncatedNormal,
  uniform,
  zerosInitializer as zeros,
} from '@chainrule/layers-core';
