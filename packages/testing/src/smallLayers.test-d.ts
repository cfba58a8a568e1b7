// Layers of rearrangement, noise and normalization in the real `sequential`.
import {
  dense,
  gaussianDropout,
  gaussianNoise,
  permute,
  repeatVector,
  reshape,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
} from '@chainrule/layers-dense';
import { conv2d } from '@chainrule/layers-conv';
import { constant, heNormal, l1l2, l2, maxNorm, orthogonal, uniform } from '@chainrule/layers-core';
import {
  groupNormalization,
  instanceNormalization,
  layerNormalization,
  rmsNormalization,
} from '@chainrule/layers-normalization';
import { input, sequential, type Sequential } from '@chainrule/model';
import type { Shape } from '@chainrule/tensor';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;
declare const n: number;
declare const dims: number[];

is<Sequential<[number, 12], [number, 3, 4]>>()(sequential(input([12]), reshape([3, 4])));
is<Sequential<[number, 12], [number, 6, 2]>>()(sequential(input([12]), reshape([-1, 2])));
is<Sequential<[number, 2, 3, 4], [number, 4, 2, 3]>>()(sequential(input([2, 3, 4]), permute([3, 1, 2])));
is<Sequential<[number, number, 4], [number, 4, number]>>()(sequential(input([n, 4]), permute([2, 1])));
is<Sequential<[number, 2, 3], Shape>>()(sequential(input([2, 3]), permute(dims)));
is<Sequential<[number, 4], [number, 7, 4]>>()(sequential(input([4]), repeatVector(7)));
is<Sequential<[number, 4], [number, number, 4]>>()(sequential(input([4]), repeatVector(n)));
is<Sequential<[number, 4], [number, 4]>>()(sequential(input([4]), gaussianNoise(0.1)));
is<Sequential<[number, 4], [number, 4]>>()(sequential(input([4]), gaussianDropout(0.1)));
is<Sequential<[number, 5, 4], [number, 5, 4]>>()(sequential(input([5, 4]), spatialDropout1d(0.1)));
is<Sequential<[number, 5, 6, 4], [number, 5, 6, 4]>>()(sequential(input([5, 6, 4]), spatialDropout2d(0.1)));
is<Sequential<[number, 5, n: number, 7, 4], [number, 5, number, 7, 4]>>()(
  sequential(input([5, n, 7, 4]), spatialDropout3d(0.1)),
);
is<Sequential<[number, 5, 4], [number, 5, 4]>>()(sequential(input([5, 4]), layerNormalization({ axis: [1, 2] })));
is<Sequential<[number, 5, 4], [number, 5, 4]>>()(sequential(input([5, 4]), rmsNormalization()));
is<Sequential<[number, 8, 8, 4], [number, 8, 8, 4]>>()(
  sequential(input([8, 8, 4]), groupNormalization({ groups: 2 }), instanceNormalization()),
);

dense(4, {
  kernelInitializer: heNormal,
  kernelRegularizer: l2(),
  biasRegularizer: l1l2({ l1: 0.1 }),
  kernelConstraint: maxNorm(3),
});
dense(4, { kernelInitializer: orthogonal, biasInitializer: constant(1) });
conv2d({
  filters: 4,
  kernelSize: 3,
  kernelInitializer: orthogonal({ gain: 2 }),
  biasInitializer: uniform({ maxval: 1 }),
});

// @ts-expect-error layer 0: reshape: [12] has 12 elements, [5] has 5
sequential(input([12]), reshape([5]));
// @ts-expect-error layer 0: permute: dims [2,1] do not fit [?,2,3,4]
sequential(input([2, 3, 4]), permute([2, 1]));
// @ts-expect-error layer 0: repeatVector: expects rank 2 [batch,features], got [?,2,3]
sequential(input([2, 3]), repeatVector(7));
// @ts-expect-error layer 0: spatialDropout2d: expects rank 4 [batch,height,width,channels], got [?,5,4]
sequential(input([5, 4]), spatialDropout2d(0.1));
// @ts-expect-error not an initializer: it needs its value
dense(4, { kernelInitializer: constant });
// @ts-expect-error the option does not exist
orthogonal({ scale: 2 });
// @ts-expect-error groups are of groups
instanceNormalization({ groups: 2 });
