import { perAxis, resolveWindow, type Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import { type Attrs, Unsupported } from '../given.ts';
import { paddingOf } from '../padding.ts';

interface PoolWindow {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: 'valid' | 'same' | readonly (readonly [number, number])[];
}

/** The window over so many axes; a row gets a first axis of one cell. */
function windowOf(attrs: Attrs, axes: number): PoolWindow {
  const poolSize = perAxis('pool', 'poolSize', attrs.numbers('poolSize') ?? 2, axes);
  const strides = perAxis('pool', 'strides', attrs.numbers('strides') ?? poolSize, axes);
  const dilations = perAxis('pool', 'dilations', attrs.numbers('dilations') ?? 1, axes);
  const padding = paddingOf(attrs) ?? 'valid';
  if (axes === 2) return { poolSize, strides, dilations, padding };
  const rows = typeof padding === 'string' ? padding : ([[0, 0], ...padding] as const);
  return { poolSize: [1, ...poolSize], strides: [1, ...strides], dilations: [1, ...dilations], padding: rows };
}

/** Pooling over one or two axes, by the rank of `x`. */
const pooling = (name: string): Adapter => (inputs, attrs) => {
  const x = inputs.get('x');
  const axes = x.rank - 2;
  if (axes !== 1 && axes !== 2) throw new Unsupported(`not supported: pooling of rank ${x.rank}`);
  const window = windowOf(attrs, axes);
  const image = axes === 1 ? op('expandDims')(x, 1) : x;
  const counts = name === 'averagePool2d' && attrs.boolean('countIncludePad');
  const pooled = counts ? overZeros(name, image, window) : op(name)(image, window);
  return axes === 1 ? op('squeeze')(pooled, 1) : pooled;
};

/** Padding that counts is zeros of the input. */
function overZeros(name: string, x: Tensor, window: PoolWindow): Tensor {
  const { padding } = resolveWindow(name, x.shape.slice(1, 3), window.poolSize, window);
  return op(name)(op('pad')(x, [[0, 0], ...padding, [0, 0]]), { ...window, padding: 'valid' });
}

const globalPooling = (name: string): Adapter => (inputs, attrs) => {
  const x = inputs.get('x');
  const axis = x.shape.map((_, i) => i).slice(1, -1);
  return op(name)(x, given({ axis, keepDims: attrs.boolean('keepDims') }));
};

/** Repeats rows and columns. */
const upSampling2d: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  attrs.only('interpolation', 'nearest');
  const [up, across] = perAxis('upSampling2d', 'size', attrs.numbers('size') ?? 2, 2) as [number, number];
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const cells = op('reshape')(x, [batch, height, 1, width, 1, channels]);
  return op('reshape')(op('broadcastTo')(cells, [batch, height, up, width, across, channels]), [batch, height * up, width * across, channels]);
};

export const poolings: Adapters = {
  maxPool: pooling('maxPool2d'),
  maxPool1d: pooling('maxPool2d'),
  maxPool2d: pooling('maxPool2d'),
  averagePool: pooling('averagePool2d'),
  averagePool1d: pooling('averagePool2d'),
  averagePool2d: pooling('averagePool2d'),
  globalMaxPool1d: globalPooling('max'),
  globalMaxPool2d: globalPooling('max'),
  globalAveragePool1d: globalPooling('mean'),
  globalAveragePool2d: globalPooling('mean'),
  upSampling2d,
};
