import { isFloat, type Tensor } from '@chainrule/tensor';
import { type Node, reshapeNode, type Tape, type VariableLike } from '@chainrule/tensor/graph';

/** Records the nodes that depend on watched values, in order. */
export class GradientTape implements Tape {
  readonly kind = 'tape';
  readonly nodes: Node[] = [];
  readonly tracked: Set<Tensor> = new Set();
  private readonly variables = new Map<VariableLike, { value: Tensor; alias: Tensor }>();

  /**
   * Returns a stand-in for `value` with respect to which this tape differentiates. It is another tensor, so other uses
   * of `value` do not count. Call it before the tape is on the stack.
   */
  watch(value: Tensor): Tensor {
    const alias = aliasOf(value);
    this.tracked.add(alias);
    return alias;
  }

  /** Returns a stand-in for the value of a variable. Reading the variable returns it until the variable is assigned. */
  watchVariable(variable: VariableLike, value: Tensor): Tensor {
    const alias = this.watch(value);
    this.variables.set(variable, { value, alias });
    return alias;
  }

  substitute(variable: VariableLike, value: Tensor): Tensor {
    const watched = this.variables.get(variable);
    return watched?.value === value ? watched.alias : value;
  }

  record(node: Node): void {
    if (!node.inputs.some((t) => this.tracked.has(t))) return;
    this.nodes.push(node);
    for (const t of node.outputs) if (isFloat(t.dtype)) this.tracked.add(t);
  }
}

/** Returns another tensor with the same values. */
function aliasOf(value: Tensor): Tensor {
  return reshapeNode(value, value.shape);
}
