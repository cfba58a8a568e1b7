import { isFloat, type Tensor } from '@chainrule/tensor';
import { type Node, reshapeNode, type Tape, type VariableLike } from '@chainrule/tensor/graph';

/** Records what depends on the watched values, in order. */
export class GradientTape implements Tape {
  readonly kind = 'tape';
  readonly nodes: Node[] = [];
  readonly tracked: Set<Tensor> = new Set();
  private readonly variables = new Map<VariableLike, { value: Tensor; alias: Tensor }>();

  /**
   * A stand-in for `value` that this tape differentiates by. It is another tensor, so that uses of `value` through
   * another path are not taken for it. Called before the tape is on the stack.
   */
  watch(value: Tensor): Tensor {
    const alias = aliasOf(value);
    this.tracked.add(alias);
    return alias;
  }

  /** Likewise for what reading a variable gives, until it is assigned. */
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

/** The same values as another tensor. */
function aliasOf(value: Tensor): Tensor {
  return reshapeNode(value, value.shape);
}
