import { foreignMethods } from '@chainrule/errors/check';

/** Methods that models of other libraries have. */
export const foreignModelMethods: object = /* @__PURE__ */ foreignMethods('a model', [
  [
    '`compile` returns the trainer that has it: `const trainer = model.compile({ … })`',
    'fit evaluate predict trainStep',
  ],
  ['a trainer has `trainStep`: `model.compile({ … }).trainStep({ x, y })`', 'trainOnBatch'],
  ['pass all layers at once: `sequential(input(shape), layer, layer)`', 'add'],
  ['write `model.call(x)`, or `predict` of a trainer', 'forward'],
  ['write `model.trainableVariables()`', 'parameters'],
  ['write `getWeights(model)`', 'getWeights stateDict'],
  ['write `setWeights(model, weights)`', 'setWeights loadStateDict'],
  ['write `saveModel(path, model)` in Node, or `encodeModel(model)`', 'save'],
  ['`fit` trains, and all other methods predict, without a switch', 'train eval'],
]);
