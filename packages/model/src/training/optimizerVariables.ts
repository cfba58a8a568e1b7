import type { Named } from '@chainrule/layers-core';
import type { OptimizerState } from '@chainrule/optim';
import type { Variable } from '@chainrule/tensor';
import { treeLeaves } from '@chainrule/tensor/graph';

/** The variables of an optimizer, named by their places in its state: `optimizer[0].m[2]`. */
export function optimizerVariables(state: OptimizerState): Named<Variable>[] {
  return treeLeaves(state, 'optimizer').map(({ path, leaf }) => ({ name: path, value: leaf as Variable }));
}
