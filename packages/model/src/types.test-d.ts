import type { Conv2dRule, DenseRule, EmbeddingRule, FlattenRule, GlobalPool2dRule } from '@chainrule/layers-core';
import type { MaxPool2dRule, RecurrentRule, Ruled, SameRule } from '@chainrule/layers-core';
import type { Padding, PerAxis2d, Shape, ShapeMistake } from '@chainrule/tensor';
import type { Batched, Check, Checked, ModelRule, Run } from './types.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;
type True<T extends true> = T;

// Layers and models as they are declared in other packages.
interface Model<In extends Shape, Out extends Shape> extends Ruled<ModelRule<In, Out>> {
  readonly '~shapes': [In, Out];
}
interface ConvOptions<F extends number, K extends PerAxis2d, S extends PerAxis2d, P extends Padding> {
  readonly filters: F;
  readonly kernelSize: K;
  readonly strides?: S;
  readonly padding?: P;
}
interface PoolOptions<K extends PerAxis2d, S extends PerAxis2d, P extends Padding> {
  readonly poolSize?: K;
  readonly strides?: S;
  readonly padding?: P;
}
declare function input<const S extends Shape>(shape: S): { readonly shape: S };
declare function sequential<S extends Shape, const L extends readonly Ruled[]>(
  input: { readonly shape: S },
  ...layers: Checked<Batched<S>, L>
): Model<Batched<S>, Run<Batched<S>, L>>;
declare function dense<const U extends number>(units: U): Ruled<DenseRule<U>>;
declare function flatten(): Ruled<FlattenRule>;
declare function relu(): Ruled<SameRule>;
declare function batchNormalization(): Ruled<SameRule>;
declare function dropout(rate: number): Ruled<SameRule>;
declare function globalAveragePool2d(): Ruled<GlobalPool2dRule<'globalAveragePool2d'>>;
declare function embedding<const U extends number>(tokens: number, units: U): Ruled<EmbeddingRule<U>>;
declare function lstm<const U extends number, const R extends boolean = false>(
  units: U,
  options?: { readonly returnSequences?: R },
): Ruled<RecurrentRule<U, R, 'lstm'>>;
declare function conv2d<
  const F extends number,
  const K extends PerAxis2d,
  const S extends PerAxis2d = 1,
  const P extends Padding = 'valid',
>(options: ConvOptions<F, K, S, P>): Ruled<Conv2dRule<F, K, S, P>>;
declare function maxPool2d<
  const K extends PerAxis2d = 2,
  const S extends PerAxis2d = K,
  const P extends Padding = 'valid',
>(options?: PoolOptions<K, S, P>): Ruled<MaxPool2dRule<K, S, P>>;
declare const n: number;
declare const custom: Ruled;
declare const list: Ruled[];

is<Model<[number, 28, 28, 1], [number, 10]>>()(
  sequential(
    input([28, 28, 1]),
    conv2d({ filters: 32, kernelSize: 3 }),
    relu(),
    maxPool2d(),
    conv2d({ filters: 64, kernelSize: [3, 3], padding: 'same' }),
    maxPool2d({ poolSize: 2 }),
    flatten(),
    dense(128),
    dropout(0.5),
    dense(10),
  ),
);
is<Model<[number, 28, 28, 1], [number, 5408]>>()(
  sequential(input([28, 28, 1]), conv2d({ filters: 32, kernelSize: 3 }), maxPool2d(), flatten()),
);
is<Model<[number, 20], [number, 20, 5]>>()(
  sequential(input([20]), embedding(1000, 64), lstm(32, { returnSequences: true }), dense(5)),
);
is<Model<[number, 20], [number, 5]>>()(sequential(input([20]), embedding(1000, 64), lstm(32), dense(5)));
is<Model<[number, 4], [number, 4]>>()(sequential(input([4])));

// Twenty layers.
const deep = sequential(
  input([224, 224, 3]),
  conv2d({ filters: 64, kernelSize: 7, strides: 2, padding: 'same' }),
  batchNormalization(),
  relu(),
  maxPool2d({ poolSize: 3, strides: 2, padding: 'same' }),
  conv2d({ filters: 64, kernelSize: 3, padding: 'same' }),
  batchNormalization(),
  relu(),
  conv2d({ filters: 128, kernelSize: 3, strides: 2, padding: 'same' }),
  batchNormalization(),
  relu(),
  conv2d({ filters: 256, kernelSize: 3, strides: 2, padding: 'same' }),
  batchNormalization(),
  relu(),
  conv2d({ filters: 512, kernelSize: 3, strides: 2 }),
  relu(),
  globalAveragePool2d(),
  dense(512),
  relu(),
  dropout(0.1),
  dense(1000),
);
is<Model<[number, 224, 224, 3], [number, 1000]>>()(deep);

// Models in models.
is<Model<[number, 448, 448, 3], [number, 1000]>>()(sequential(input([448, 448, 3]), maxPool2d(), deep));
// @ts-expect-error the inner model expects three channels
sequential(input([448, 448, 1]), maxPool2d(), deep);

// Unknown sizes, layers and lists.
is<Model<[number, number, number, 1], [number, 10]>>()(
  sequential(input([n, n, 1]), conv2d({ filters: 32, kernelSize: 3 }), flatten(), dense(10)),
);
is<Model<[number, 28, 28, 1], [number, 10]>>()(sequential(input([28, 28, 1]), custom, flatten(), dense(10)));
is<Model<[number, 28, 28, 1], Shape>>()(sequential(input([28, 28, 1]), custom, dense(10)));
is<Model<[number, 28, 28, 1], Shape>>()(sequential(input([28, 28, 1]), ...list));
is<Model<[number, 28, 28, 1], [number, number]>>()(
  sequential(input([28, 28, 1]), conv2d({ filters: n, kernelSize: n }), flatten(), dense(n)),
);

sequential(
  input([28, 28, 1]),
  flatten(),
  // @ts-expect-error the error stands on the wrong layer
  maxPool2d(),
  dense(10),
);
sequential(
  input([4, 4, 1]),
  // @ts-expect-error a window larger than the input
  conv2d({ filters: 32, kernelSize: 5 }),
  flatten(),
);
sequential(
  input([28, 28]),
  lstm(32),
  // @ts-expect-error the first returns no sequences
  lstm(32),
);
// @ts-expect-error not a layer
sequential(input([28]), 'dense');

type Wrong = Check<[number, 784], [Ruled<SameRule>, Ruled<MaxPool2dRule>, Ruled<DenseRule<10>>]>;
type Message = 'layer 1: maxPool2d: expects rank 4 [batch,height,width,channels], got [?,784]';
export type Mistakes = [True<Equal<Wrong, [Ruled<SameRule>, ShapeMistake<Message>, Ruled<DenseRule<10>>]>>];
