import type { Values } from '../problem.ts';
import { leak, type LayerSpec, type Net, varianceEpsilon } from '../workloads.ts';

export interface JaxArray {
  readonly shape: number[];
  readonly ref: JaxArray;
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  sum(axis?: number | number[]): JaxArray;
  mean(axis?: number | number[]): JaxArray;
  reshape(shape: number[]): JaxArray;
  transpose(axes: number[]): JaxArray;
  slice(...index: (number | [] | [number, number])[]): JaxArray;
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

/** The functions of jax-js that we use. */
export interface Jax {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): unknown;
  jit<Args extends unknown[], R>(fn: (...args: Args) => R): (...args: Args) => R;
  valueAndGrad(fn: (weights: JaxArray[]) => JaxArray): (weights: JaxArray[]) => [JaxArray, JaxArray[]];
  blockUntilReady(tree: unknown): Promise<unknown>;
  readonly numpy: {
    array(data: Float32Array | Int32Array): JaxArray;
    zeros(shape: number[]): JaxArray;
    ones(shape: number[]): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    sqrt(x: JaxArray): JaxArray;
    square(x: JaxArray): JaxArray;
    tanh(x: JaxArray): JaxArray;
    max(x: JaxArray, axis?: number): JaxArray;
    take(x: JaxArray, indices: JaxArray, axis: number): JaxArray;
    stack(all: JaxArray[], axis: number): JaxArray;
    pad(x: JaxArray, widths: number[][]): JaxArray;
    where(condition: JaxArray, yes: JaxArray | number, no: JaxArray | number): JaxArray;
  };
  readonly nn: Record<'relu' | 'sigmoid' | 'softplus' | 'logSoftmax', (x: JaxArray) => JaxArray> & {
    leakyRelu(x: JaxArray, slope: number): JaxArray;
    oneHot(x: JaxArray, classes: number): JaxArray;
  };
  readonly lax: {
    conv(x: JaxArray, kernel: JaxArray, strides: number[], padding: 'VALID' | 'SAME'): JaxArray;
    reduceWindow(x: JaxArray, reduce: (x: JaxArray) => JaxArray, size: number[], strides: number[]): JaxArray;
  };
  readonly random: {
    key(seed: number): JaxArray;
    split(key: JaxArray, count: number): JaxArray;
    bernoulli(key: JaxArray, p: number, shape: number[]): JaxArray;
  };
}

/** Converts a weight. Kernels of convolutions become `[out, in, height, width]`, the layout of jax-js. */
export function kernelOf({ numpy }: Jax, { data, shape }: Values): JaxArray {
  const array = numpy.array(data).reshape([...shape]);
  return shape.length === 4 ? array.transpose([3, 2, 0, 1]) : array;
}

interface Pass {
  readonly jax: Jax;
  readonly take: () => JaxArray;
  readonly key: (() => JaxArray) | undefined;
}

/**
 * Computes logits. With a key, for training, dropout is active and batch normalization uses the statistics of the
 * batch. Consumes its arguments.
 */
export function jaxForward(jax: Jax, net: Net, weights: JaxArray[], x: JaxArray, key: JaxArray | undefined): JaxArray {
  let used = 0;
  let drawn = 0;
  const drops = net.layers.filter(({ type }) => type === 'dropout').length;
  const keys = key && drops > 0 ? jax.random.split(key, drops) : undefined;
  const pass: Pass = { jax, take: () => weights[used++]!, key: keys && (() => keys.ref.slice(drawn++)) };
  // Convolutions of jax-js take images with the channels first.
  const images = x.shape.length === 4 ? x.transpose([0, 3, 1, 2]) : x;
  const out = net.layers.reduce((value, spec) => layerOf(pass, spec, value), images);
  keys?.dispose();
  if (key && !keys) key.dispose();
  return out;
}

function layerOf(pass: Pass, spec: LayerSpec, x: JaxArray): JaxArray {
  const {
    jax: { numpy, nn, lax, random },
    take,
    key,
  } = pass;
  const activate = (y: JaxArray, activation: string | undefined): JaxArray =>
    activation === 'relu' ? nn.relu(y) : activation === 'leakyRelu' ? nn.leakyRelu(y, leak) : y;
  switch (spec.type) {
    case 'dense': {
      const y = numpy.matmul(x, take());
      return activate(y.add(take()), spec.activation);
    }
    case 'conv2d': {
      const y = lax.conv(x, take(), [1, 1], spec.padding === 'same' ? 'SAME' : 'VALID');
      return activate(y.add(take().reshape([spec.filters, 1, 1])), spec.activation);
    }
    case 'maxPool2d':
      return maxPool(pass.jax, x, spec.padding);
    case 'batchNormalization':
      return normalize(pass, x);
    case 'flatten':
      return x.transpose([0, 2, 3, 1]).reshape([x.shape[0]!, -1]);
    case 'dropout':
      return key ? numpy.where(random.bernoulli(key(), 1 - spec.rate, x.shape), x.mul(1 / (1 - spec.rate)), 0) : x;
    case 'embedding':
      return numpy.take(take(), x, 0);
    case 'globalMaxPool1d':
      return numpy.max(x, 1);
    case 'simpleRnn':
    case 'lstm':
      return unrolled(pass, spec, x);
  }
}

/** Makes odd sizes even: padding `same` adds a row and a column of −∞, and `valid` drops one of each. */
function maxPool({ numpy, lax }: Jax, x: JaxArray, padding: 'valid' | 'same'): JaxArray {
  const [height, width] = x.shape.slice(2) as [number, number];
  const [down, right] = [height % 2, width % 2];
  let even = x;
  if (down + right > 0 && padding === 'valid') even = x.slice([], [], [0, height - down], [0, width - right]);
  if (down + right > 0 && padding === 'same') {
    // `pad` of jax-js can only pad with 0.
    const outside = numpy
      .pad(numpy.ones([height, width]), [
        [0, down],
        [0, right],
      ])
      .sub(1)
      .mul(1e30);
    even = numpy
      .pad(x, [
        [0, 0],
        [0, 0],
        [0, down],
        [0, right],
      ])
      .add(outside);
  }
  return lax.reduceWindow(even, (window) => numpy.max(window), [2, 2], [2, 2]);
}

function normalize({ jax: { numpy }, take }: Pass, x: JaxArray): JaxArray {
  const column = [x.shape[1]!, 1, 1];
  const [gamma, beta] = [take(), take()];
  const centered = x.ref.sub(x.mean([0, 2, 3]).reshape(column));
  const variance = numpy.square(centered.ref).mean([0, 2, 3]);
  const factor = gamma.div(numpy.sqrt(variance.add(varianceEpsilon)));
  return centered.mul(factor.reshape(column)).add(beta.reshape(column));
}

/** jax-js lacks loops, so the steps are unrolled. One product before them covers the inputs of all steps. */
function unrolled(
  pass: Pass,
  { type, units, sequences = false }: LayerSpec & { readonly type: 'simpleRnn' | 'lstm' },
  x: JaxArray,
): JaxArray {
  const {
    jax: { numpy, nn },
    take,
  } = pass;
  const [batch, time] = x.shape as [number, number];
  const [kernel, recurrent, bias] = [take(), take(), take()];
  const inputs = numpy.matmul(x, kernel).add(bias);
  let [h, c] = [numpy.zeros([batch, units]), numpy.zeros([batch, units])];
  const outputs: JaxArray[] = [];
  for (let t = 0; t < time; t++) {
    const z = inputs.ref.slice([], t, []).add(numpy.matmul(h, recurrent.ref));
    if (type === 'lstm') {
      const gate = (n: number): JaxArray => z.ref.slice([], [n * units, (n + 1) * units]);
      c = nn
        .sigmoid(gate(1))
        .mul(c)
        .add(nn.sigmoid(gate(0)).mul(numpy.tanh(gate(2))));
      h = nn.sigmoid(gate(3)).mul(numpy.tanh(c.ref));
      z.dispose();
    } else {
      h = numpy.tanh(z);
    }
    if (sequences) outputs.push(h.ref);
  }
  for (const kept of [inputs, recurrent, c]) kept.dispose();
  if (!sequences) return h;
  h.dispose();
  return numpy.stack(outputs, 1);
}
