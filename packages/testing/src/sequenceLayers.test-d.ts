// Recurrent layers and wrappers of layers in the real `sequential`.
import { learnedPositions, luongAttention, multiHeadAttention } from '@chainrule/layers-attention';
import { conv2d } from '@chainrule/layers-conv';
import { dense, embedding, masking } from '@chainrule/layers-dense';
import {
  bidirectional,
  type Cell,
  gru,
  lstm,
  lstmCell,
  rnn,
  simpleRnn,
  timeDistributed,
} from '@chainrule/layers-recurrent';
import { input, sequential, type Sequential } from '@chainrule/model';
import type { FloatDType, Shape } from '@chainrule/tensor';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;
declare const n: number;
declare const cell: Cell;
declare const mode: 'concat' | 'sum';

is<Sequential<[number, 9, 4], [number, 8], FloatDType>>()(
  sequential(input([9, 4]), gru(8, { resetAfter: false, stateful: 32 })),
);
is<Sequential<[number, 9, 4], [number, 9, 8], FloatDType>>()(
  sequential(input([9, 4]), simpleRnn(8, { returnSequences: true, truncateEvery: 5 })),
);
is<Sequential<[number, 9, 4], [number, 9, 8], FloatDType>>()(
  sequential(input([9, 4]), rnn(lstmCell(8), { returnSequences: true })),
);
is<Sequential<[number, 9, 4], [number, number], FloatDType>>()(sequential(input([9, 4]), rnn(cell)));
is<Sequential<[number, 9, 4], [number, 9, 16]>>()(
  sequential(input([9, 4]), bidirectional(lstm(8, { returnSequences: true }))),
);
is<Sequential<[number, 9, 4], [number, 8]>>()(sequential(input([9, 4]), bidirectional(lstm(8), { mergeMode: 'sum' })));
is<Sequential<[number, 9, 4], [number, number]>>()(sequential(input([9, 4]), bidirectional(lstm(n))));
is<Sequential<[number, 9, 4], Shape>>()(sequential(input([9, 4]), bidirectional(lstm(8), { mergeMode: mode })));
is<Sequential<[number, 9, 4], [number, 9, 8]>>()(sequential(input([9, 4]), timeDistributed(dense(8))));
is<Sequential<[number, 9, 28, 28, 1], [number, 9, 26, 26, 4]>>()(
  sequential(input([9, 28, 28, 1]), timeDistributed(conv2d({ filters: 4, kernelSize: 3 }))),
);
is<Sequential<[number, 9], [number, 16], 'int32'>>()(
  sequential(
    input([9]),
    embedding(50, 4, { maskZero: true }),
    bidirectional(gru(8, { returnSequences: true })),
    bidirectional(gru(8)),
  ),
);
is<Sequential<[number, 9, 4], [number, 8]>>()(sequential(input([9, 4]), masking(), gru(8)));

sequential(
  input([9, 4]),
  bidirectional(gru(8)),
  // @ts-expect-error layer 1: gru: expects rank 3 [batch,time,features], got [?,16]
  bidirectional(gru(8)),
);
// @ts-expect-error layer 0: timeDistributed: expects rank 2 or more [batch,time,…], got [?]
sequential(input([]), timeDistributed(dense(8)));
// @ts-expect-error layer 0: conv2d: expects rank 4 [batch,height,width,channels], got [?,4]
sequential(input([9, 4]), timeDistributed(conv2d({ filters: 4, kernelSize: 3 })));
// @ts-expect-error not a recurrent layer
bidirectional(dense(8));
// @ts-expect-error the mode does not exist
bidirectional(lstm(8), { mergeMode: 'ave' });
// @ts-expect-error not a cell
rnn(lstm(8));

is<Sequential<[number, 9, 4], [number, 9, 4]>>()(
  sequential(input([9, 4]), learnedPositions(9), multiHeadAttention({ numHeads: 2, keyDim: 2 })),
);
// @ts-expect-error layer 0: luongAttention: expects rank 3 [batch,time,features], got [?,4]
sequential(input([4]), luongAttention());
