import { philox4x32 } from '../random/philox.ts';
import { blank, type OracleEvaluate } from './loops.ts';

/** Word `i mod 4` of block `i div 4`, computed separately for each element i. */
export const random: OracleEvaluate<'random'> = (node, [key, counter]) => {
  const out = blank(node);
  for (let i = 0; i < out.length; i++) {
    const block = Math.floor(i / 4);
    const words = node.inputs[1]!.rank === 2 ? counter!.slice(4 * block, 4 * block + 4) : [block, ...counter!];
    const word = philox4x32(key!, words)[i % 4]!;
    const unsigned = word < 0 ? word + 2 ** 32 : word;
    out[i] = node.types[0]!.dtype === 'int32' ? word : Math.floor(unsigned / 2 ** 8) / 2 ** 24;
  }
  return [out];
};
