import { Capture, convNode, type ConvPass, type NodeOf, resolveWindow, withTrace } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { features } from '../../platform/features.ts';
import type { ComputeKernel, Lowered } from '../common/kernel.ts';
import { type Mode, runKernel } from '../../../testing/kernel.ts';
import { convolutionOf } from '../conv/convolution.ts';
import { lowerWinograd } from './winograd.ts';

interface Case {
  readonly batch: number;
  readonly size: readonly [number, number];
  readonly channels: number;
  readonly filters: number;
  readonly padding: 'same' | 'valid' | readonly (readonly [number, number])[];
}

const modes: readonly Mode[] = features().relaxed ? ['simd', 'relaxed'] : ['simd'];
const options = { simd: true, relaxed: false, reproducible: false };
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

const side = fc.integer({ min: 3, max: 14 });
const pair = fc.tuple(fc.nat(2), fc.nat(2));
const cases: fc.Arbitrary<Case> = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  size: fc.tuple(side, side),
  channels: fc.constantFrom(4, 8, 12, 16),
  filters: fc.constantFrom(4, 8, 12, 20),
  padding: fc.oneof(fc.constant('same' as const), fc.constant('valid' as const), fc.tuple(pair, pair)),
});

function nodeOf(
  pass: ConvPass,
  { batch, size, channels, filters, padding }: Case,
  more: { strides?: number; dilations?: number } = {},
): NodeOf<'conv'> {
  const window = { ...resolveWindow('conv', size, [3, 3], { padding, ...more }), groups: 1 };
  const capture = new Capture('program');
  const input = (shape: readonly number[]) => capture.input({ shape, dtype: 'float32' });
  withTrace(capture, () => {
    const [x, kernel] = [input([batch, ...size, channels]), input([3, 3, channels, filters])];
    const y = convNode('forward', x, kernel, window);
    if (pass === 'inputGradient') convNode('inputGradient', y, kernel, window, x.shape);
    if (pass === 'kernelGradient') convNode('kernelGradient', x, y, window, kernel.shape);
  });
  return capture.nodes.at(-1) as NodeOf<'conv'>;
}

/** Numbers between −1 and 1, the same at every run. */
function values(node: NodeOf<'conv'>): Float32Array[] {
  let state = 1;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) | 0) / 2 ** 31;
  return node.inputs.map((t) => Float32Array.from({ length: sizeOf(t.shape) }, next));
}

/** Runs the steps one after another, each in cuts of its units. */
function run(
  lowered: Lowered,
  inputs: readonly Float32Array[],
  outputs: readonly number[],
  mode: Mode,
  cuts: (kernel: ComputeKernel) => number[] = ({ units }) => [0, units],
): Float32Array {
  const buffers: (ArrayBufferView | undefined)[] = [...inputs];
  const bytes = [...inputs.map((x) => x.byteLength), ...outputs, ...lowered.temporaries];
  for (const { kernel, buffers: at } of lowered.steps) {
    const [result] = runKernel(
      kernel,
      at.slice(0, -1).map((i) => buffers[i]!),
      [bytes[at.at(-1)!]!],
      mode,
      cuts(kernel),
    );
    buffers[at.at(-1)!] = new Float32Array(result!);
  }
  return buffers[inputs.length] as Float32Array;
}

describe.each(['forward', 'inputGradient', 'kernelGradient'] as const)('Winograd for pass %s', (pass) => {
  /** Terms of a sum: taps and channels, or pixels. */
  const terms = ({ inputs }: NodeOf<'conv'>): number =>
    pass === 'kernelGradient' ? sizeOf(inputs[1]!.shape.slice(0, 3)) : 9 * inputs[0]!.shape[3];

  /** c = 1, against the largest Σ|a||b| of the result. */
  const expectAgreement = (c: Case, mode: Mode): void => {
    const node = nodeOf(pass, c);
    const lowered = lowerWinograd(convolutionOf(node), options);
    fc.pre(lowered !== undefined);
    const inputs = values(node);
    const [expected, magnitude] = [inputs, inputs.map((x) => x.map(Math.abs))].map(
      (x) => node.evaluate(node, x)[0] as Float32Array,
    );
    const bound = terms(node) * 2 ** -24 * magnitude!.reduce((most, v) => Math.max(most, v), 0);
    run(lowered, inputs, [4 * expected!.length], mode).forEach((v, i) => {
      if (!(Math.abs(v - expected![i]!) <= bound))
        expect.fail(`element ${i} is ${v}, the reference says ${expected![i]}, tolerance ${bound}`);
    });
  };

  it.each(modes)('agrees with the reference on images of any size and padding (%s)', (mode) => {
    fc.assert(
      fc.property(cases, (c) => expectAgreement(c, mode)),
      { numRuns: 30 },
    );
  });

  it.each(modes)('agrees with the reference where rows of channels are kept apart in the cache (%s)', (mode) => {
    expectAgreement({ batch: 2, size: [9, 8], channels: 128, filters: 256, padding: 'same' }, mode);
  });

  it.each(modes)('agrees with the reference where the last block is not full (%s)', (mode) => {
    expectAgreement({ batch: 17, size: [14, 13], channels: 8, filters: 12, padding: 'same' }, mode);
  });

  it.each(modes)('gives the same bits however its units are cut (%s)', (mode) => {
    const node = nodeOf(pass, { batch: 13, size: [14, 13], channels: 16, filters: 12, padding: 'same' });
    const lowered = lowerWinograd(convolutionOf(node), options)!;
    const inputs = values(node);
    const bytes = [4 * sizeOf(node.types[0]!.shape)];
    const whole = run(lowered, inputs, bytes, mode);
    expect(lowered.steps.at(pass === 'kernelGradient' ? 0 : -1)!.kernel.units).toBeGreaterThan(2);
    expect(run(lowered, inputs, bytes, mode, ({ units }) => Array.from({ length: units + 1 }, (_, i) => i))).toEqual(
      whole,
    );
    expect(run(lowered, inputs, bytes, mode, ({ units }) => [0, units >> 1, units])).toEqual(whole);
  });

  it('leaves other convolutions to others', () => {
    const c: Case = { batch: 8, size: [16, 16], channels: 8, filters: 8, padding: 'same' };
    const lowers = (node: NodeOf<'conv'>, more: object = {}): boolean =>
      lowerWinograd(convolutionOf(node), { ...options, ...more }) !== undefined;
    expect(lowers(nodeOf(pass, c))).toBe(true);
    expect(lowers(nodeOf(pass, c), { simd: false })).toBe(false);
    expect(lowers(nodeOf(pass, c), { reproducible: true })).toBe(false);
    expect(lowers(nodeOf(pass, { ...c, channels: 6 }))).toBe(false);
    expect(
      lowers(
        nodeOf(pass, {
          ...c,
          padding: [
            [3, 0],
            [0, 0],
          ],
        }),
      ),
    ).toBe(false);
    expect(lowers(nodeOf(pass, { ...c, size: [3, 3], padding: 'valid' }))).toBe(false);
    expect(lowers(nodeOf(pass, c, { strides: 2 }))).toBe(false);
    expect(lowers(nodeOf(pass, c, { dilations: 2 }))).toBe(false);
  });
});
