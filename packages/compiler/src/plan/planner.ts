import { Tensor } from '@chainrule/tensor';
import { arg, evaluateMap, type Graph, type Node, type NodeKind, type NodeOf } from '@chainrule/tensor/graph';
import { castAsMap } from '../graph/castAsMap.ts';
import { LoopFusion, type Group } from './loopFusion.ts';
import { padsToConcat } from '../passes/padsToConcat.ts';
import { sliceOperands } from '../passes/sliceOperands.ts';
import { scheduleGroups } from './schedule.ts';
import { isContiguous, contiguousView, type StridedView, composeView } from './stridedView.ts';
import { partitionScan } from './partitionScan.ts';
import type { Plan, PlanStep } from './planStep.ts';

/** Options of a plan, set by the backend. */
export interface PlanOptions {
  /** Whether elementwise nodes may share a loop. */
  readonly fuse: boolean;
  /** Whether the backend has loops for this node; if not, it becomes a step of its own. */
  readonly loops: (node: NodeOf<'map'> | NodeOf<'reduce'>) => boolean;
  /** Number of results. Each output after them has memory of its own, since it becomes the new value of a variable. */
  readonly results: number;
  /** The number of partitions of the independent rows of a scan, a divisor of `rows`. Default 1. */
  readonly partitions?: (scan: NodeOf<'scan'>, rows: number) => number;
}

/**
 * Turns a graph into steps: views become strides, elementwise nodes and reductions share loops, and each other node is
 * a step of its own with contiguous inputs.
 */
export function planGraph(given: Graph, options: PlanOptions): Plan {
  const graph = options.fuse ? sliceOperands(padsToConcat(given)) : given;
  const planner = new Planner(options);
  for (const node of graph.nodes) planner.add(node);
  const outputs = graph.outputs.map((t, i) => planner.output(t, i >= options.results));
  const groups = planner.fusion.groups;
  const roots = new Set(outputs.map((t) => planner.views.get(t)!.root));
  return {
    graph,
    views: planner.views,
    outputs,
    steps: scheduleGroups(groups, new Set(outputs)).flatMap((group) => toStep(group, roots, planner, options) ?? []),
  };
}

class Planner {
  readonly views = new Map<Tensor, StridedView>();
  readonly fusion: LoopFusion;
  private readonly options: PlanOptions;
  readonly joined = new Set<Tensor>();
  private readonly constants = new Map<Tensor, Tensor>();
  private readonly owned = new Set<Tensor>();
  /** Tensors whose memory views read. */
  private readonly viewRoots = new Set<Tensor>();

  constructor(options: PlanOptions) {
    this.options = options;
    this.fusion = new LoopFusion(this.views, options.fuse);
  }

  add(node: Node): void {
    (planners[node.kind] as PlanNode<NodeKind>)(this, node as never);
  }

  constant(node: NodeOf<'constant'>): void {
    this.constants.set(node.outputs[0]!, node.attrs.value);
    this.own(node);
  }

  view(node: NodeOf<'view'>): void {
    const x = node.inputs[0]!;
    // If loops cannot copy `x`, the view is a step of its own, because nothing could copy it later.
    if (node.attrs.view === 'pad' || (node.attrs.view !== 'reshape' && !this.options.loops(copyNode(x))))
      return this.alone(node);
    const view = composeView(node, this.views.get(x)!) ?? composeView(node, this.views.get(this.contiguous(x))!)!;
    this.addView(node.outputs[0]!, view);
  }

  /** Returns `t`, or a contiguous copy of it. With `own`, no other output shares its memory. */
  output(t: Tensor, own: boolean): Tensor {
    const view = this.views.get(t)!;
    const computed = this.fusion.producer(view.root);
    const whole = view.offset === 0 && view.root.size === t.size && isContiguous(view, t.shape);
    const fits = own ? whole && computed && !this.owned.has(view.root) : isContiguous(view, t.shape);
    const value = fits ? t : this.copy(t);
    this.owned.add(this.views.get(value)!.root);
    return value;
  }

  own(node: Node): void {
    for (const t of node.outputs) this.views.set(t, contiguousView(t));
  }

  private addView(t: Tensor, view: StridedView): void {
    this.views.set(t, view);
    this.viewRoots.add(view.root);
  }

  elementwise(node: NodeOf<'map'> | NodeOf<'reduce'>): void {
    if (!this.options.loops(node)) return this.alone(node);
    this.own(node);
    this.fusion.addLoop(node);
  }

  alone(node: Node): void {
    const zeros = this.addsToZeros(node);
    const inputs = node.inputs.map((t, i) => (zeros && i === 0 ? t : this.contiguous(t)));
    this.own(node);
    this.fusion.addNode({ ...node, inputs });
  }

  /** Lets loops write the parts directly into the result. If one cannot be written there, a step copies all parts. */
  concat(node: NodeOf<'concat'>): void {
    const [out] = node.outputs;
    const parts = node.inputs;
    if (new Set(parts).size < parts.length || !parts.every((t) => this.mayMove(t))) return this.alone(node);
    this.own(node);
    const { strides } = this.views.get(out!)!;
    let offset = 0;
    for (const t of parts) {
      this.addView(t, { root: out!, offset, strides });
      this.joined.add(t);
      offset += t.shape[node.attrs.axis]! * strides[node.attrs.axis]!;
    }
    this.fusion.addJoin(node);
  }

  /** Whether a loop may write `t` into a larger tensor: only loops have read it so far, without a view. */
  private mayMove(t: Tensor): boolean {
    return (
      this.views.get(t)!.root === t &&
      t.size > 0 &&
      !this.owned.has(t) &&
      !this.viewRoots.has(t) &&
      this.fusion.isOnlyInLoops(t)
    );
  }

  addsToZeros(node: Node): boolean {
    if (node.kind !== 'scatterAdd') return false;
    const value = this.constants.get(this.views.get(node.inputs[0]!)!.root);
    return value?.['~values'].every((v) => v === 0) ?? false;
  }

  private contiguous(t: Tensor): Tensor {
    return isContiguous(this.views.get(t)!, t.shape) ? t : this.copy(t);
  }

  /** A step that copies `t` to memory of its own; later readers of `t` still read through the view. */
  private copy(t: Tensor): Tensor {
    const node = copyNode(t);
    this.elementwise(node);
    return node.outputs[0]!;
  }
}

type PlanNode<K extends NodeKind> = (planner: Planner, node: NodeOf<K>) => void;

const inMemory = (planner: Planner, node: Node): void => planner.own(node);
const elementwise = (planner: Planner, node: NodeOf<'map'> | NodeOf<'reduce'>): void => planner.elementwise(node);
const alone = (planner: Planner, node: Node): void => planner.alone(node);

/** The way that a plan treats each kind of node. A missing kind does not compile. */
const planners: { readonly [K in NodeKind]: PlanNode<K> } = {
  input: inMemory,
  variable: inMemory,
  constant: (planner, node) => planner.constant(node),
  view: (planner, node) => planner.view(node),
  concat: (planner, node) => planner.concat(node),
  cast: (planner, node) => planner.elementwise(castAsMap(node)),
  map: elementwise,
  reduce: elementwise,
  prefix: alone,
  gather: alone,
  takeAlongAxis: alone,
  scatterAdd: alone,
  matmul: alone,
  conv: alone,
  pool: alone,
  argsort: alone,
  random: alone,
  scan: alone,
  custom: alone,
};

function copyNode(t: Tensor): NodeOf<'map'> {
  const { shape, dtype } = t;
  const outputs = [new Tensor(shape, dtype, t['~scope']!)];
  return {
    kind: 'map',
    op: 'copy',
    attrs: { expr: arg(0) },
    inputs: [t],
    types: [{ shape, dtype }],
    outputs,
    evaluate: evaluateMap,
  };
}

function toStep(
  group: Group,
  roots: ReadonlySet<Tensor>,
  planner: Planner,
  options: PlanOptions,
): PlanStep | undefined {
  const { fusion, joined } = planner;
  if (group.kind === 'join') return undefined;
  if (group.kind === 'loop') {
    const made = new Set(group.nodes.flatMap((node) => node.outputs));
    const inputs = [...new Set(group.nodes.flatMap((node) => node.inputs))].filter((t) => !made.has(t));
    const kept = [...made].filter((t) => fusion.readOutside(t, group) || joined.has(t) || roots.has(t));
    return { kind: 'loop', space: group.space, nodes: group.nodes, inputs, outputs: kept };
  }
  const { node } = group;
  const { inputs, outputs: results } = node;
  if (node.kind !== 'scan')
    return { kind: 'node', node, inputs, outputs: results, zeroBase: planner.addsToZeros(node) };
  const kept = keptCarries(node);
  const without = new Set(kept.values());
  const plan = (body: Graph): Plan =>
    planGraph({ ...body, outputs: body.outputs.filter((_, i) => !without.has(i)) }, { ...options, results: 0 });
  const partition = partitionScan(node, (rows) => options.partitions?.(node, rows) ?? 1);
  return {
    kind: 'scan',
    node,
    inputs,
    outputs: results,
    body: plan(node.attrs.body),
    partition: partition && { ...partition, body: plan(partition.body) },
    kept,
  };
}

/** The carries whose values at the start of each step are an output of the body, with the number of that output. */
function keptCarries({ attrs: { body, carries } }: NodeOf<'scan'>): Map<number, number> {
  const kept = new Map<number, number>();
  body.outputs.forEach((t, i) => {
    const carry = body.inputs.indexOf(t);
    if (i >= carries && carry >= 0 && carry < carries) kept.set(carry, i);
  });
  return kept;
}
