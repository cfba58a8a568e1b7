import {
  globalAveragePool1d,
  globalAveragePool2d,
  globalAveragePool3d,
  globalMaxPool1d,
  globalMaxPool2d,
  globalMaxPool3d,
  upSampling2d,
} from '@chainrule/layers-conv';
import type { Layer } from '@chainrule/layers-core';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import { Unsupported } from '../given.ts';
import { callLayer } from '../layers.ts';
import { paddingOf } from '../padding.ts';

/** Pooling over one to three axes, by the rank of `x`. */
const pooling =
  (name: string, ...options: readonly string[]): Adapter =>
  (inputs, attrs) => {
    const x = inputs.get('x');
    const axes = x.rank - 2;
    if (axes < 1 || axes > 3) throw new Unsupported(`not supported: pooling of rank ${x.rank}`);
    const window = {
      poolSize: attrs.numbers('poolSize') ?? 2,
      ...given({ padding: paddingOf(attrs) }),
      ...attrs.options('strides', 'dilations', ...options),
    };
    return op(`${name}${axes}d`)(x, window);
  };

/** A layer without variables. */
const layerOf =
  (make: (options: object) => Layer, ...options: readonly string[]): Adapter =>
  (inputs, attrs) =>
    callLayer(make(attrs.options(...options)), [inputs.get('x')])[0]!;

const maxPool = pooling('maxPool');
const averagePool = pooling('averagePool', 'countIncludePad');

export const poolings: Adapters = {
  maxPool,
  maxPool1d: maxPool,
  maxPool2d: maxPool,
  maxPool3d: maxPool,
  averagePool,
  averagePool1d: averagePool,
  averagePool2d: averagePool,
  averagePool3d: averagePool,
  globalMaxPool1d: layerOf(globalMaxPool1d, 'keepDims'),
  globalMaxPool2d: layerOf(globalMaxPool2d, 'keepDims'),
  globalMaxPool3d: layerOf(globalMaxPool3d, 'keepDims'),
  globalAveragePool1d: layerOf(globalAveragePool1d, 'keepDims'),
  globalAveragePool2d: layerOf(globalAveragePool2d, 'keepDims'),
  globalAveragePool3d: layerOf(globalAveragePool3d, 'keepDims'),
  upSampling2d: layerOf(upSampling2d, 'size', 'interpolation'),
};
