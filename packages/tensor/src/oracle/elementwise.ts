import type { OracleEvaluate } from './loops.ts';
import { blank, broadcastPosition, eachIndex } from './loops.ts';
import { convert, evaluateScalar } from './scalars.ts';

/** The expression, element by element of the broadcast shape. */
export const map: OracleEvaluate<'map'> = (node, inputs) => {
  const out = blank(node);
  const dtypes = node.inputs.map((t) => t.dtype);
  eachIndex(node.types[0]!.shape, (index, at) => {
    const x = node.inputs.map((t, i) => inputs[i]![broadcastPosition(t.shape, index)]!);
    out[at] = convert(evaluateScalar(node.attrs.expr, x, dtypes, node.types[0]!.dtype), node.types[0]!.dtype);
  });
  return [out];
};

/** Each element as another dtype. */
export const cast: OracleEvaluate<'cast'> = (node, [x]) => {
  const out = blank(node);
  x!.forEach((value, i) => (out[i] = convert(value, node.types[0]!.dtype)));
  return [out];
};
