import { type Tree, treeTensors } from '@chainrule/tensor/graph';
import { foldsOf, type Trial } from './trial.ts';

/**
 * What a store compares, so that it never mixes two searches: folds, data, the score and the options of `fit`. Functions count as
 * equal.
 */
export function identityOf(trial: Trial<never, never>): object {
  const folds = foldsOf(trial);
  const { data, fit, score = 'loss' } = trial;
  return {
    folds: folds.map(({ train, test }) => `${train.length}+${test.length} ${checksum([train, test])}`),
    data: checksum(treeTensors(data as unknown as Tree).map((leaf) => leaf.data)),
    score: typeof score === 'function' ? 'function' : score,
    fit: typeof fit === 'function' ? 'function' : (JSON.parse(JSON.stringify(fit ?? {})) as unknown),
  };
}

/** The FNV-1a hash of arrays' bytes, in hexadecimal digits (Fowler, Noll, Vo 1991). */
function checksum(arrays: readonly ArrayBufferView[]): string {
  let hash = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of arrays)
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
