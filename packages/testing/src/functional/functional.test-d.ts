// Literal shapes through graphs of the real layers: the mistake stands on the call.
import { bahdanauAttention, luongAttention, multiHeadAttention } from '@chainrule/layers-attention';
import { conv2d, conv2dTranspose, maxPool2d } from '@chainrule/layers-conv';
import { dense, embedding, flatten } from '@chainrule/layers-dense';
import { add, concatenate, dot, subtract } from '@chainrule/layers-merge';
import { batchNormalization } from '@chainrule/layers-normalization';
import { bidirectional, gru, lstm, lstmCell, rnn } from '@chainrule/layers-recurrent';
import {
  categoricalCrossEntropy,
  meanSquaredError,
  sparseCategoricalCrossEntropy,
  withOptions,
} from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import {
  type AnyFunctional,
  type AnyTrainer,
  apply,
  functional,
  type Functional,
  input,
  type Model,
  sequential,
  type Sequential,
  type SymbolicTensor,
  type Trainer,
} from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { type DType, mean, relu, type Shape, type Tensor } from '@chainrule/tensor';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;

// What `input` and `apply` return.
const image = input([28, 28, 1], { name: 'image' });
is<SymbolicTensor<[28, 28, 1]>>()(image);
is<SymbolicTensor<[number, 3]>>()(input([null, 3]));
is<SymbolicTensor<[784]>>()(apply(image, flatten()));
const down = apply(image, conv2d({ filters: 8, kernelSize: 3, padding: 'same', activation: relu }));
const inner = apply(down, maxPool2d(), batchNormalization());
is<SymbolicTensor<[14, 14, 8]>>()(inner);
const up = apply(inner, conv2dTranspose({ filters: 8, kernelSize: 2, strides: 2 }));
is<SymbolicTensor<[28, 28, 8]>>()(up);

// Merges.
is<SymbolicTensor<[28, 28, 16]>>()(apply([down, up], concatenate()));
is<SymbolicTensor<[28, 28, 8]>>()(apply([down, up], add()));
is<SymbolicTensor<[1]>>()(apply([input([4]), input([4])], dot(1)));
is<SymbolicTensor<[5]>>()(apply([apply(image, flatten(), dense(3)), input([3])], subtract(), dense(5)));

// Layers with several outputs.
is<readonly [SymbolicTensor<[9, 8]>, SymbolicTensor<[8]>, SymbolicTensor<[8]>]>()(
  apply(input([9, 4]), lstm(8, { returnSequences: true, returnState: true })),
);

const steps = input([9, 4]);
const states = [input([8]), input([8])] as const;
is<readonly [SymbolicTensor<[8]>, ...SymbolicTensor<[number]>[]]>()(
  apply(steps, rnn(lstmCell(8), { returnState: true })),
);
is<SymbolicTensor<[8]>>()(apply(steps, rnn(lstmCell(8))));
is<readonly [SymbolicTensor<[9, 12]>, SymbolicTensor<[6]>, SymbolicTensor<[6]>]>()(
  apply(steps, bidirectional(gru(6, { returnSequences: true, returnState: true }))),
);
is<SymbolicTensor<[6]>>()(apply(steps, bidirectional(gru(6), { mergeMode: 'sum' })));
const values = input([5, 7]);
is<readonly [SymbolicTensor<[9, 7]>, SymbolicTensor<[9, 5]>]>()(
  apply([steps, values], luongAttention({ score: 'general', returnScores: true })),
);
is<SymbolicTensor<[9, 7]>>()(apply([steps, values], bahdanauAttention(3)));
is<readonly [SymbolicTensor<[9, 4]>, SymbolicTensor<[2, 9, 5]>]>()(
  apply([steps, values], multiHeadAttention({ numHeads: 2, keyDim: 3, returnScores: true })),
);
is<readonly [SymbolicTensor<[9, 4]>, SymbolicTensor<[2, 9, 9]>]>()(
  apply(steps, multiHeadAttention({ numHeads: 2, keyDim: 3, returnScores: true })),
);
is<SymbolicTensor<[9, 4]>>()(apply(steps, multiHeadAttention({ numHeads: 2, keyDim: 3 })));
// @ts-expect-error layer 0: luongAttention: expects rank 3 [batch,time,features], got [?,8]; set `returnSequences: true` …
apply([states[0], values], luongAttention());

// Mistakes.
// @ts-expect-error layer 0: lstm: expects rank 3 [batch,time,features], got [?,28,28,1]
apply(image, lstm(8));
apply(
  image,
  flatten(),
  // @ts-expect-error layer 1: maxPool2d: expects rank 4 [batch,height,width,channels], got [?,784]
  maxPool2d(),
);
// @ts-expect-error layer 0: add: cannot broadcast [?,28,28,8] with [?,14,14,8]
apply([down, inner], add());
// @ts-expect-error layer 0: concat: [?,28,28,8] and [?,14,14,8] must agree outside axis -1
apply([down, inner], concatenate());
// @ts-expect-error not symbolic
apply([1, 2], add());

// Models.
const [left, right] = [input([28, 28, 1]), input([28, 28, 1])];
const encoder = sequential(input([28, 28, 1]), flatten(), dense(16));
const pair = functional(
  { left, right },
  { distance: apply([apply(left, encoder), apply(right, encoder)], subtract(), dense(1)) },
);
is<Functional<{ left: [number, 28, 28, 1]; right: [number, 28, 28, 1] }, { distance: [number, 1] }>>()(pair);
const twin = functional([left, right], [apply(left, encoder), apply(right, encoder)]);
is<Functional<[[number, 28, 28, 1], [number, 28, 28, 1]], [[number, 16], [number, 16]]>>()(twin);
declare const small: SymbolicTensor<[14, 14, 1]>;
// @ts-expect-error layer 0: model: expects [?,28,28,1], got [?,14,14,1]
apply(small, encoder);
is<SymbolicTensor<Shape>>()(apply(input([4]), ...([] as ReturnType<typeof dense>[])));

// Calls take and return trees.
declare const images: Tensor<[32, 28, 28, 1], 'uint8'>;
declare const words: Tensor<[32, 10], 'int32'>;
is<Tensor<[number, 1]>>()(pair.call({ left: images, right: images }).distance);
// @ts-expect-error another shape
pair.call({ left: images, right: words });
// @ts-expect-error an input is missing
pair.call({ left: images });

// Training.
const classifier = sequential(input([28, 28, 1]), flatten(), dense(10)).compile({
  optimizer: adam(),
  loss: sparseCategoricalCrossEntropy,
});
declare const labels: Tensor<[32], 'int32'>;
declare const floats: Tensor<[32], 'float32'>;
declare const rows: Tensor<[32, 10], 'float32'>;
void classifier.fit(images, labels, { epochs: 2 });
void classifier.fit({ x: images, y: labels });
void classifier.fit([[[1]]], [1]);
// @ts-expect-error another shape of samples
void classifier.fit(words, labels);
// @ts-expect-error labels are integers
void classifier.fit(images, floats);
// @ts-expect-error labels have no axis of classes
void classifier.fit({ x: images, y: rows });
is<Promise<Tensor<[number, 10]>>>()(classifier.predict(images));

const two = functional(image, {
  kind: apply(image, flatten(), dense(10)),
  size: apply(image, flatten(), dense(1)),
}).compile({
  optimizer: adam(),
  loss: { kind: sparseCategoricalCrossEntropy, size: meanSquaredError },
  lossWeights: { kind: 1, size: 0.5 },
});
void two.fit(images, { kind: labels, size: floats });
// @ts-expect-error a target is missing
void two.fit(images, { kind: labels });
// @ts-expect-error labels are integers
void two.evaluate(images, { kind: floats, size: floats });
is<Promise<{ readonly kind: Tensor<[number, 10]>; readonly size: Tensor<[number, 1]> }>>()(two.predict(images));
const half = functional(image, {
  kind: apply(image, flatten(), dense(10)),
  size: apply(image, flatten(), dense(1)),
}).compile({
  optimizer: adam(),
  loss: { kind: sparseCategoricalCrossEntropy },
});
void half.fit(images, { kind: labels });
void sequential(input([null]), embedding(100, 8), lstm(4))
  .build()
  .call(words);

// Targets have the shape of the predictions if the loss compares values; a last axis of 1 may be missing.
const regression = sequential(input([28, 28, 1]), flatten(), dense(1)).compile({
  optimizer: adam(),
  loss: meanSquaredError,
});
declare const column: Tensor<[32, 1], 'float32'>;
void regression.fit(images, floats);
void regression.fit(images, labels);
void regression.fit(images, column);
void regression.fit(images, [1, 2]);
// @ts-expect-error another number of values
void regression.fit(images, rows);
const soft = sequential(input([28, 28, 1]), flatten(), dense(10)).compile({
  optimizer: adam(),
  loss: withOptions(categoricalCrossEntropy, { labelSmoothing: 0.1 }),
});
void soft.fit(images, rows);
// @ts-expect-error labels instead of rows
void soft.fit(images, labels);
const smooth = sequential(input([28, 28, 1]), flatten(), dense(10)).compile({
  optimizer: adam(),
  loss: withOptions(sparseCategoricalCrossEntropy, { ignoreIndex: 0 }),
});
void smooth.fit(images, labels);
// @ts-expect-error labels are integers
void smooth.evaluate(images, floats);
const own = sequential(input([28, 28, 1]), flatten(), dense(10)).compile({
  optimizer: adam(),
  loss: (p: Tensor) => mean(p),
});
void own.fit(images, labels);
void own.fit(images, rows);

// The dtype of samples: what the input says, or else what the first layer takes.
declare const floatImages: Tensor<[32, 28, 28, 1], 'float32'>;
const conv = sequential(input([28, 28, 1]), conv2d({ filters: 8, kernelSize: 3 }), flatten(), dense(1)).compile({
  optimizer: adam(),
  loss: meanSquaredError,
});
void conv.fit(floatImages, floats);
void conv.fit([[[1]]], floats);
// @ts-expect-error bytes are for layers such as `rescaling`
void conv.fit(images, floats);
// @ts-expect-error bytes
void conv.predict(images);
const indexed = sequential(input([10]), embedding(100, 8), lstm(4), dense(1)).compile({
  optimizer: adam(),
  loss: meanSquaredError,
});
declare const notIndices: Tensor<[32, 10], 'float32'>;
void indexed.fit(words, floats);
// @ts-expect-error indices are integers
void indexed.fit({ x: notIndices, y: floats });
const [ids, size] = [input([10], { dtype: 'int32' }), input([3])];
const mixed = functional(
  { ids, size },
  apply([apply(ids, embedding(100, 8), lstm(4)), apply(size, dense(4))], concatenate(), dense(1)),
);
is<Functional<{ ids: [number, 10]; size: [number, 3] }, [number, 1], { ids: 'int32'; size: DType }>>()(mixed);
const mixedTrainer = mixed.compile({ optimizer: adam(), loss: meanSquaredError });
declare const sizes: Tensor<[32, 3], 'float32'>;
void mixedTrainer.fit({ ids: words, size: sizes }, floats);
// @ts-expect-error indices are integers
void mixedTrainer.fit({ ids: notIndices, size: sizes }, floats);

// Names of outputs.
const named = functional(image, { kind: apply(image, flatten(), dense(10)), size: apply(image, flatten(), dense(1)) });
// @ts-expect-error compile: no output is named sise
named.compile({ optimizer: adam(), loss: { kind: sparseCategoricalCrossEntropy, sise: meanSquaredError } });
const losses = { kind: sparseCategoricalCrossEntropy, size: meanSquaredError };
// @ts-expect-error no output is named sise
named.compile({ optimizer: adam(), loss: losses, lossWeights: { sise: 1 } });
// @ts-expect-error no output is named kinds
named.compile({ optimizer: adam(), loss: losses, metrics: { kinds: sparseCategoricalAccuracy() } });
named.compile({ optimizer: adam(), loss: losses, metrics: { kind: sparseCategoricalAccuracy() } });
named.compile({ optimizer: adam(), loss: [sparseCategoricalCrossEntropy, meanSquaredError], metrics: [[], []] });

// Models and trainers of known shapes are ones of any shapes.
declare const f: Functional<[number, 8, 8, 1], [number, 10]>;
declare const s: Sequential<[number, 8, 8, 1], [number, 10]>;
declare const g: Functional<{ a: [number, 8] }, { b: [number, 10] }>;
export const f1: AnyFunctional = f;
export const f3: Model = f;
export const f4: Model<Shape, Shape> = f;
export const f5: Sequential = f;
export const s1: AnyFunctional = s;
export const s2: Sequential = s;
export const s3: Functional<Shape, Shape> = s;
export const s4: Model = s;
export const g1: AnyFunctional = g;
export const g2: Model = g;
// @ts-expect-error another form
export const g3: Functional<Shape, Shape> = g;
declare const t: Trainer<[number, 8, 8, 1], [number, 10]>;
declare const u: Trainer<{ a: [number, 8] }, { b: [number, 10] }>;
export const t1: Trainer = t;
export const t2: AnyTrainer = t;
export const u1: AnyTrainer = u;
export const m1: AnyFunctional = mixed;
export const m2: Model = mixed;
export const m3: AnyTrainer = mixedTrainer;
export const m4: Trainer<Shape, Shape> = conv;
