import { add, map, matmul, scalar as e, slice, type Tensor } from '@chainrule/tensor';

/** What an LSTM remembers: its output and its cell. Both `[batch, units]`. */
export type LstmState = readonly [h: Tensor, c: Tensor];

/**
 * One step of an LSTM.
 *
 * z = projected + h·R, cut into i, f, g, o; c′ = σ(f)·c + σ(i)·tanh(g); h′ = σ(o)·tanh(c′) (Hochreiter and Schmidhuber
 * 1997; Gers, Schmidhuber, Cummins 2000)
 *
 * @param projected - x·kernel + bias, `[batch, 4 · units]`, gates in Keras' order i, f, c, o
 * @param state - `[batch, units]` each
 * @param recurrentKernel - `[units, 4 · units]`
 * @param recurrentMask - multiplied onto h before the product: variational dropout
 * @returns the next state
 * @example
 * const [h] = lstmCell(zeros([1, 8]), [zeros([1, 2]), ones([1, 2])], zeros([2, 8]));
 * h.shape; // => 1,2
 */
export function lstmCell(projected: Tensor, [h, c]: LstmState, recurrentKernel: Tensor, recurrentMask?: Tensor): LstmState {
  const units = c.shape[1]!;
  const seen = recurrentMask ? map(e.mul, [h, recurrentMask]) : h;
  const z = add(projected, matmul(seen, recurrentKernel));
  const [i, f, g, o] = [0, 1, 2, 3].map((k) => slice(z, [0, k * units], [-1, units])) as [Tensor, Tensor, Tensor, Tensor];
  const next = map((a, b, d, old) => e.add(e.mul(e.sigmoid(b), old), e.mul(e.sigmoid(a), e.tanh(d))), [i, f, g, c]);
  return [map((gate, cell) => e.mul(e.sigmoid(gate), e.tanh(cell)), [o, next]), next];
}
