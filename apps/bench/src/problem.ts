import { Generator, randomUniform, type Tensor } from '@chainrule/tensor';
import type { LayerSpec, Net } from './workloads.ts';

/** Numbers of a shape, row by row. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** A batch and the initial weights of a model, which are the same for every library. */
export interface Problem {
  readonly x: Values;
  readonly y: Values;
  /** The trainable weights, layer by layer in the layouts and the order of Keras; see {@link weightShapes}. */
  readonly weights: readonly Values[];
}

type Role = 'kernel' | 'recurrent' | 'zeros' | 'ones' | 'forget' | 'embeddings';
interface WeightShape {
  readonly shape: readonly number[];
  readonly role: Role;
}

/** Random samples and weights from a seed. */
export function makeProblem(net: Net, batch: number, seed = 1): Problem {
  const rng = new Generator(seed);
  return {
    x: samples(net, batch, rng),
    y: targets(net, batch, rng),
    weights: weightShapes(net).map((weight) => firstValues(weight, rng)),
  };
}

/** Two square matrices for a product. */
export function makeMatrices(size: number, seed = 1): readonly [Values, Values] {
  const rng = new Generator(seed);
  return [values(randomUniform(rng, [size, size])), values(randomUniform(rng, [size, size]))];
}

/** Returns images to augment, and one number in place of targets. */
export function makeImages(shape: readonly number[], seed = 1): readonly [Values, Values] {
  const rng = new Generator(seed);
  return [values(randomUniform(rng, shape)), values(randomUniform(rng, [1]))];
}

/**
 * The shapes of the trainable weights: kernels `[in, out]` or `[height, width, in, out]`, gates in the order i, f, c,
 * o.
 */
export function weightShapes(net: Net): WeightShape[] {
  const found: WeightShape[] = [];
  let shape = net.input;
  for (const layer of net.layers) {
    found.push(...weightsOf(layer, shape));
    shape = shapeAfter(layer, shape);
  }
  return found;
}

function weightsOf(layer: LayerSpec, input: readonly number[]): WeightShape[] {
  const features = input.at(-1)!;
  switch (layer.type) {
    case 'dense':
      return [
        { shape: [features, layer.units], role: 'kernel' },
        { shape: [layer.units], role: 'zeros' },
      ];
    case 'conv2d':
      return [
        { shape: [layer.kernelSize, layer.kernelSize, features, layer.filters], role: 'kernel' },
        { shape: [layer.filters], role: 'zeros' },
      ];
    case 'batchNormalization':
      return [
        { shape: [features], role: 'ones' },
        { shape: [features], role: 'zeros' },
      ];
    case 'embedding':
      return [{ shape: [layer.tokens, layer.units], role: 'embeddings' }];
    case 'simpleRnn':
    case 'lstm': {
      const outputs = layer.units * (layer.type === 'lstm' ? 4 : 1);
      return [
        { shape: [features, outputs], role: 'kernel' },
        { shape: [layer.units, outputs], role: 'recurrent' },
        { shape: [outputs], role: layer.type === 'lstm' ? 'forget' : 'zeros' },
      ];
    }
    default:
      return [];
  }
}

/** The shape of a sample after a layer. */
export function shapeAfter(layer: LayerSpec, shape: readonly number[]): readonly number[] {
  const [height, width] = shape as [number, number];
  switch (layer.type) {
    case 'dense':
      return [...shape.slice(0, -1), layer.units];
    case 'conv2d': {
      const lost = layer.padding === 'same' ? 0 : layer.kernelSize - 1;
      return [height - lost, width - lost, layer.filters];
    }
    case 'maxPool2d': {
      const half = layer.padding === 'same' ? Math.ceil : Math.floor;
      return [half(height / 2), half(width / 2), shape[2]!];
    }
    case 'flatten':
      return [shape.reduce((a, b) => a * b, 1)];
    case 'simpleRnn':
    case 'lstm':
      return layer.sequences ? [shape[0]!, layer.units] : [layer.units];
    case 'embedding':
      return [...shape, layer.units];
    case 'globalMaxPool1d':
      return shape.slice(1);
    case 'batchNormalization':
    case 'dropout':
      return shape;
  }
}

function firstValues({ shape, role }: WeightShape, rng: Generator): Values {
  const size = shape.reduce((a, b) => a * b, 1);
  const within = (bound: number): Values => values(randomUniform(rng, shape, { low: -bound, high: bound }));
  const outputs = shape.at(-1)!;
  switch (role) {
    case 'kernel':
      // Glorot's bound. Both fans include the size of the window.
      return within(Math.sqrt(6 / (size / outputs + size / shape.at(-2)!)));
    case 'recurrent':
      return within(Math.sqrt(3 / outputs));
    case 'embeddings':
      return within(0.05);
    case 'zeros':
      return { shape, data: new Float32Array(size) };
    case 'ones':
      return { shape, data: new Float32Array(size).fill(1) };
    case 'forget':
      return { shape, data: new Float32Array(size).fill(1, size / 4, size / 2) };
  }
}

function samples(net: Net, batch: number, rng: Generator): Values {
  const first = net.layers[0]!;
  const shape = [batch, ...net.input];
  return first.type === 'embedding' ? integers(rng, shape, first.tokens) : values(randomUniform(rng, shape));
}

function targets(net: Net, batch: number, rng: Generator): Values {
  const classes = net.layers.reduce((shape, layer) => shapeAfter(layer, shape), net.input).at(-1)!;
  switch (net.loss) {
    case 'softmax':
      return integers(rng, [batch], classes);
    case 'sigmoid':
      return { shape: [batch, classes], data: Float32Array.from(integers(rng, [batch, classes], 2).data) };
    case 'squares':
      return values(randomUniform(rng, [batch, classes]));
  }
}

function integers(rng: Generator, shape: readonly number[], below: number): Values {
  return { shape, data: Int32Array.from(randomUniform(rng, shape).data, (u) => Math.floor(u * below)) };
}

const values = (t: Tensor): Values => ({ shape: t.shape, data: t.data as Float32Array });
