import { sizeOf } from '../array/shape.ts';
import { blank, type OracleEvaluate } from './loops.ts';

/** Runs the body step by step. */
export const scan: OracleEvaluate<'scan'> = (node, inputs, run) => {
  const { body, carries, length, reverse, xs } = node.attrs;
  const out = node.types.map((_, i) => blank(node, i));
  const consts = inputs.slice(carries + xs);
  let carry = inputs.slice(0, carries);
  for (let step = 0; step < length; step++) {
    const t = reverse ? length - 1 - step : step;
    const slices = inputs.slice(carries, carries + xs).map((x, i) => {
      const part = sizeOf(node.inputs[carries + i]!.shape.slice(1));
      return x.slice(part * t, part * (t + 1));
    });
    const results = run(body, [...carry, ...slices, Int32Array.of(t), ...consts]);
    carry = results.slice(0, carries);
    results.slice(carries).forEach((y, i) => out[carries + i]!.set(y, y.length * t));
  }
  carry.forEach((values, i) => out[i]!.set(values));
  return out;
};

/** Runs the body. */
export const custom: OracleEvaluate<'custom'> = (node, inputs, run) => run(node.attrs.body, inputs);
