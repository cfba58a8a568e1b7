import * as autograd from '@chainrule/autograd';
import * as compiler from '@chainrule/compiler';
import * as attention from '@chainrule/layers-attention';
import * as conv from '@chainrule/layers-conv';
import * as core from '@chainrule/layers-core';
import * as denseLayers from '@chainrule/layers-dense';
import * as normalization from '@chainrule/layers-normalization';
import * as recurrent from '@chainrule/layers-recurrent';
import * as losses from '@chainrule/losses';
import * as metrics from '@chainrule/metrics';
import * as optim from '@chainrule/optim';
import * as tensor from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { sweep, type Target } from './arguments/sweep.ts';
import { validCalls } from './arguments/validCalls.ts';
import { opsOf } from './ops.ts';
import { sampleArguments } from './sampler.ts';

/** Parts for authors of backends, compilers and layers: they take what other parts made, never a user's values. */
const internals: Readonly<Record<string, readonly string[]>> = {
  tensor: [
    'Tensor',
    'Capture',
    'aTensor',
    'advance',
    'allocate',
    'activeCaptures',
    'arg',
    'argsortNode',
    'averagePoolAdjoint',
    'averagePoolNode',
    'broadcastShapes',
    'broadcastView',
    'byteSize',
    'castExpr',
    'castNode',
    'checkSeed',
    'concatNode',
    'convNode',
    'currentCapture',
    'custom',
    'defineOp',
    'emit',
    'emitScan',
    'evaluateConcat',
    'evaluateMap',
    'evaluateNode',
    'evaluateView',
    'exprDType',
    'flipView',
    'forbidCompilation',
    'gatherNode',
    'indexMessage',
    'interpret',
    'isBranch',
    'isFloat',
    'isPredicate',
    'isTaped',
    'isTracing',
    'literal',
    'liveNodes',
    'map',
    'mapExpr',
    'matmulNode',
    'maxPoolNode',
    'normalizeAxes',
    'normalizeAxis',
    'numberOrNumbers',
    'opName',
    'operandDType',
    'operation',
    'padView',
    'perAxis',
    'philox4x32',
    'prefix',
    'randomNode',
    'RandomSource',
    'reduce',
    'repeatWeights',
    'replayGraph',
    'replayNode',
    'reshapeView',
    'resolveWindow',
    'sameShape',
    'scanNode',
    'scatterAddNode',
    'sizeOf',
    'sliceView',
    'stridesOf',
    'substitute',
    'takeAlongAxisNode',
    'transposeView',
    'treeLeaves',
    'treeMap',
    'treeReplace',
    'treeTensors',
    'windowPositions',
    'withOpName',
    'withTrace',
  ],
  compiler: ['describeGraph', 'fuse', 'simplify', 'median', 'showProfile', 'placeBuffers', 'isContiguous', 'planGraph'],
  'layers-core': [
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
    'defineLayer',
    'defineMultiLayer',
    'describeArguments',
    'drop',
    'expectRank',
    'expectSequence',
    'kernelWeight',
    'reviveArguments',
  ],
};

/** Names that messages start with, where they are not the function's own. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  // Its name in saved models.
  identityInitializer: ['identity'],
  // The function to check is the user's, and calls `mul`.
  checkGradients: ['checkGradients', 'mul'],
  startWasm: ['wasm'],
};

type Callable = (...args: unknown[]) => unknown;

function targetsOf(name: string, exported: object, table = name): Target[] {
  return Object.entries(exported)
    .filter(([key, value]) => typeof value === 'function' && !(internals[name] ?? []).includes(key))
    .map(([key, value]: [string, Callable]) => ({
      name: key,
      ...(otherNames[key] && { speaksAs: otherNames[key] }),
      call: isClass(value)
        ? (...args: unknown[]) => new (value as unknown as new (...args: unknown[]) => unknown)(...args)
        : value,
      valid: opsOf({ value }).get('value')
        ? () => sampleArguments((value as unknown as { op: tensor.OpDescriptor }).op, 3)
        : (validCalls[table]?.[key] ?? (() => [])),
    }));
}

const isClass = (value: Callable): boolean => value.toString().startsWith('class');

const packages: readonly (readonly [string, object, string?])[] = [
  ['tensor', tensor],
  ['autograd', autograd],
  ['compiler', compiler],
  ['layers-core', core, 'layers'],
  ['layers-dense', denseLayers, 'layers'],
  ['layers-conv', conv, 'layers'],
  ['layers-normalization', normalization, 'layers'],
  ['layers-recurrent', recurrent, 'layers'],
  ['layers-attention', attention, 'layers'],
  ['optim', optim],
  ['losses', losses],
  ['metrics', metrics],
];

test.each(packages.map((entry) => [entry[0], entry] as const))(
  '%s: wrong arguments get errors that name the function and the argument',
  async (_, [name, exported, table]) => {
    const faults = (await Promise.all(targetsOf(name, exported, table).map(sweep))).flat();
    compiler.setDefaultBackend(undefined);
    expect(faults).toEqual([]);
  },
);
