import { Tensor } from '@chainrule/tensor';
import type { Graph, Node, NodeOf } from '@chainrule/tensor/graph';
import { append } from '../graph/append.ts';

/** The body of a scan for one partition of the rows of its values. */
export interface RowPartition {
  readonly partitions: number;
  /** The body for the rows of one partition. */
  readonly body: Graph;
  /** The values of that body that are split into rows. Each partition reads the others whole. */
  readonly rows: ReadonlySet<Tensor>;
}

/**
 * Partitions the rows of a scan into equal parts, each of which can run all steps by itself. Rows are the first axis of
 * carries and stacked outputs, such as the samples of a batch. A row must depend only on the same row of other values.
 *
 * @param partitionsFor - the number of partitions for a number of rows, a divisor of that
 * @returns `undefined` if rows depend on each other, or if there is one partition
 */
export function partitionScan(
  { attrs: { body, carries } }: NodeOf<'scan'>,
  partitionsFor: (rows: number) => number,
): RowPartition | undefined {
  const size = body.outputs[0]?.shape[0] ?? 0;
  const inRows = size > 1 ? valuesInRows(body, size, [...body.inputs.slice(0, carries), ...body.outputs]) : undefined;
  const partitions = inRows ? partitionsFor(size) : 1;
  if (!inRows || partitions === 1) return undefined;
  const partOf = new Map(
    [...inRows].map((t) => [t, new Tensor([size / partitions, ...t.shape.slice(1)], t.dtype, t['~scope']!)]),
  );
  const find = (t: Tensor): Tensor => partOf.get(t) ?? t;
  const nodes = body.nodes.map((node): Node => {
    const outputs = node.outputs.map(find);
    return {
      ...node,
      inputs: node.inputs.map(find),
      outputs,
      types: outputs.map(({ shape, dtype }) => ({ shape, dtype })),
    };
  });
  return {
    partitions,
    body: { inputs: body.inputs.map(find), nodes, outputs: body.outputs.map(find) },
    rows: new Set(partOf.values()),
  };
}

/** All values that have rows because `given` has: those computed from it, and those that it is computed from. */
function valuesInRows(body: Graph, size: number, given: readonly Tensor[]): ReadonlySet<Tensor> | undefined {
  const neighbours = new Map<Tensor, Node[]>();
  for (const node of body.nodes) for (const t of [...node.inputs, ...node.outputs]) append(neighbours, t, node);
  const found = new Set<Tensor>(given);
  // The iteration includes items that are added during it.
  for (const t of found) {
    if (t.shape[0] !== size) return undefined;
    for (const node of neighbours.get(t) ?? []) {
      const needed = inputsInRows(node, size);
      if (!needed) return undefined;
      for (const value of [...needed.map((i) => node.inputs[i]!), ...node.outputs]) found.add(value);
    }
  }
  // A value that a node needs whole must not be one that is split into rows.
  const isWhole = (node: Node): boolean =>
    node.inputs.every((t, i) => !found.has(t) || inputsInRows(node, size)!.includes(i));
  return body.nodes.every(isWhole) ? found : undefined;
}

/**
 * The inputs that must be split into rows if the outputs are; the others stay whole. `undefined` if rows depend on each
 * other.
 */
function inputsInRows(node: Node, size: number): readonly number[] | undefined {
  const { kind, inputs, attrs } = node;
  const rank = node.types[0]!.shape.length;
  const all = [...inputs.keys()];
  const aligned = (): number[] => all.filter((i) => inputs[i]!.rank === rank && inputs[i]!.shape[0] === size);
  switch (kind) {
    case 'input':
    case 'constant':
      return [];
    case 'map':
    case 'cast':
      return aligned();
    case 'reduce':
      return attrs.axes.includes(0) ? undefined : [0];
    case 'prefix':
    case 'argsort':
      return attrs.axis === 0 ? undefined : [0];
    case 'concat':
    case 'takeAlongAxis':
      return attrs.axis === 0 ? undefined : all;
    case 'scatterAdd':
      return attrs.along && attrs.axis !== 0 ? all : undefined;
    case 'gather':
      return [attrs.axis === 0 ? 1 : 0];
    case 'matmul':
      return rank > 2 ? aligned() : attrs.transposeA ? undefined : [0];
    case 'conv':
      return attrs.pass === 'kernelGradient' ? undefined : [0];
    case 'pool':
      return [0];
    case 'view':
      return attrs.view === 'broadcast' ? aligned() : keepsRows(attrs) ? [0] : undefined;
    default:
      return undefined;
  }
}

/** Whether row i of the view is row i of its input, if both have as many. */
function keepsRows(attrs: NodeOf<'view'>['attrs']): boolean {
  switch (attrs.view) {
    case 'transpose':
      return attrs.axes[0] === 0;
    case 'slice':
      return attrs.begin[0] === 0 && attrs.strides[0] === 1;
    case 'pad':
      return attrs.before[0] === 0 && attrs.interior[0] === 0;
    case 'flip':
      return !attrs.axes.includes(0);
    default:
      return true;
  }
}
