import {
  convNode,
  type ConvPass,
  type ConvWindow,
  type NodeOf,
  resolveWindow,
  windowPositions,
} from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, it, test } from 'vitest';
import { lowerConv } from './conv.ts';
import { convolutionOf } from './convolution.ts';
import { captured, expectLowered, expectSameBits, modes, optionsOf, randoms } from '../../../testing/lowered.ts';

interface Case {
  readonly x: readonly number[];
  readonly kernel: readonly number[];
  readonly y: readonly number[];
  readonly window: ConvWindow;
}

const passes: readonly ConvPass[] = ['forward', 'inputGradient', 'kernelGradient'];

interface Sizes {
  readonly batch: number;
  readonly spatial: readonly number[];
  readonly size: readonly number[];
  readonly groups?: number;
  readonly width: number;
  readonly filters: number;
  readonly strides?: readonly number[];
  readonly dilations?: readonly number[];
  readonly padding?: 'same' | 'valid' | readonly (readonly [number, number])[];
}

function caseOf({ batch, spatial, size, groups = 1, width, filters, ...options }: Sizes): Case {
  const window = { ...resolveWindow('conv', spatial, size, options), groups };
  return {
    x: [batch, ...spatial, width * groups],
    kernel: [...size, width, filters * groups],
    y: [batch, ...windowPositions('conv', spatial, size, window), filters * groups],
    window,
  };
}

function nodeOf(pass: ConvPass, { x, kernel, y, window }: Case): NodeOf<'conv'> {
  const [shapes, own] = {
    forward: [[x, kernel], y],
    inputGradient: [[y, kernel], x],
    kernelGradient: [[x, y], kernel],
  }[pass] as [number[][], number[]];
  return captured('conv', (a, b) => convNode(pass, a, b, window, own), shapes);
}

function check(pass: ConvPass, c: Case, seed = 1): void {
  const node = nodeOf(pass, c);
  const [windows, cells] = [c.y.slice(0, -1), c.kernel.slice(0, -1)].map((s) => s.reduce((a, b) => a * b, 1)) as [
    number,
    number,
  ];
  const terms = { forward: cells, inputGradient: c.kernel.reduce((a, b) => a * b, 1), kernelGradient: windows }[pass];
  expectLowered(
    node,
    (n, options) => lowerConv(convolutionOf(n), options),
    node.inputs.map((t, i) => randoms(t.shape, seed + i)),
    terms,
  );
}

const axis = fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  pair: fc.tuple(fc.nat(3), fc.nat(3)),
  spatial: fc.integer({ min: 1, max: 7 }),
});

const cases: fc.Arbitrary<Case> = fc
  .record({
    axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
    mode: fc.constantFrom('same', 'valid', 'pairs'),
    batch: fc.integer({ min: 1, max: 3 }),
    groups: fc.constantFrom(1, 1, 2, 5),
    width: fc.integer({ min: 1, max: 5 }),
    filters: fc.integer({ min: 1, max: 11 }),
  })
  .map(({ axes, mode, ...counts }) =>
    caseOf({
      ...counts,
      size: axes.map((a) => a.size),
      spatial: axes.map((a) => (mode === 'same' ? a.spatial : Math.max(a.spatial, (a.size - 1) * a.dilation + 1))),
      strides: axes.map((a) => a.stride),
      dilations: axes.map((a) => a.dilation),
      padding: mode === 'pairs' ? axes.map((a) => a.pair) : mode,
    }),
  );

/** An example of each algorithm. */
const examples: Record<string, Case> = {
  'few channels': caseOf({ batch: 2, spatial: [20, 28], size: [3, 3], width: 1, filters: 28 }),
  'few channels with padding': caseOf({
    batch: 2,
    spatial: [19, 17],
    size: [3, 3],
    width: 3,
    filters: 12,
    strides: [1, 2],
    dilations: [2, 1],
    padding: 'same',
  }),
  'few channels in three axes': caseOf({
    batch: 2,
    spatial: [5, 9, 11],
    size: [1, 3, 2],
    width: 2,
    filters: 5,
    strides: [2, 1, 1],
    padding: [
      [1, 0],
      [0, 2],
      [1, 0],
    ],
  }),
  'strides of 2': caseOf({
    batch: 2,
    spatial: [15, 14],
    size: [3, 3],
    groups: 2,
    width: 20,
    filters: 4,
    strides: [2, 2],
    padding: 'same',
  }),
  'a deep window': caseOf({ batch: 2, spatial: [9, 9], size: [5, 5], width: 32, filters: 12, padding: 'same' }),
  'a wide window': caseOf({
    batch: 1,
    spatial: [20, 20],
    size: [7, 7],
    width: 3,
    filters: 8,
    padding: 'same',
    dilations: [1, 2],
  }),
  'single cells': caseOf({ batch: 3, spatial: [6, 7], size: [1, 1], width: 24, filters: 20 }),
  'channels one by one': caseOf({
    batch: 3,
    spatial: [9, 10],
    size: [3, 3],
    groups: 37,
    width: 1,
    filters: 1,
    padding: 'same',
  }),
  'few filters': caseOf({ batch: 20, spatial: [10], size: [3], width: 8, filters: 3, padding: 'same' }),
};

describe('lowerConv', () => {
  it.each(passes)('computes the pass %s over 1 to 3 axes as the oracle does', (pass) => {
    fc.assert(
      fc.property(cases, fc.nat(), (c, seed) => check(pass, c, seed)),
      { numRuns: 60 },
    );
  });

  test.each(Object.keys(examples))('computes every pass of %s', (name) => {
    for (const pass of passes) check(pass, examples[name]!);
  });

  test.each(Object.keys(examples))('gives the same bits however the units of %s are divided', (name) => {
    for (const pass of passes) {
      const node = nodeOf(pass, examples[name]!);
      for (const mode of modes)
        expectSameBits(
          lowerConv(convolutionOf(node), optionsOf(mode)),
          node.inputs.map((t, i) => randoms(t.shape, i)),
          node.outputs[0]!.size * 4,
          mode,
        );
    }
  });
});
