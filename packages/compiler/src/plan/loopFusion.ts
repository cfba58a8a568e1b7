import type { Tensor } from '@chainrule/tensor';
import { type Node, type NodeOf, sameShape } from '@chainrule/tensor/graph';
import { append } from '../graph/append.ts';
import { countOperations } from '../graph/countOperations.ts';
import type { StridedView } from './stridedView.ts';
import { type Ordered, GroupOrder } from './groupOrder.ts';

/** Nodes that can share a loop. */
export type LoopNode = NodeOf<'map'> | NodeOf<'reduce'>;

/** Nodes that become one step of the plan. */
export type Group =
  | Loop
  | (Ordered<Group> & { readonly kind: 'node'; readonly node: Node })
  /** A concatenation whose parts are written straight into the result, so that it needs no step. */
  | (Ordered<Group> & { readonly kind: 'join'; readonly node: Node });

interface Loop extends Ordered<Group> {
  readonly kind: 'loop';
  readonly space: readonly number[];
  readonly nodes: LoopNode[];
  /** The axes of its reductions. Undefined without a reduction. */
  axes: readonly number[] | undefined;
  /** The tensors that its nodes read and compute, and those that it computes element by element. */
  readonly inputs: Set<Tensor>;
  readonly outputs: Set<Tensor>;
  readonly elements: Set<Tensor>;
  operations: number;
}

/** The most nodes and operations of a loop, and the most tensors that it reads. Registers are few. */
const mostNodes = 64;
const mostOperations = 256;
const mostInputs = 32;

/** A node tries to join at most this number of loops that read one of its inputs, the newest first. */
const mostSiblings = 8;

/**
 * Fuses elementwise nodes and reductions into loops. A node joins the loops that compute its inputs, and those that
 * share an input (sibling reductions; the moments of an optimizer), if they run over the same space and no step outside
 * must run between them.
 */
export class LoopFusion {
  readonly #groups = new Set<Group>();
  readonly #order = new GroupOrder<Group>();
  readonly #producers = new Map<Tensor, Group>();
  /** The groups that read a tensor, in the order of the program. Some may have been joined in the meantime. */
  readonly #readers = new Map<Tensor, Group[]>();
  readonly #views: ReadonlyMap<Tensor, StridedView>;
  readonly #fuse: boolean;
  /** Positions of nodes in the program. */
  readonly #positions = new Map<Node, number>();
  /** The newest loops that read a tensor element by element. */
  readonly #siblings = new Map<Tensor, Loop[]>();
  /** Tensors that are read through views. */
  #viewed: Set<Tensor> | undefined;

  constructor(views: ReadonlyMap<Tensor, StridedView>, fuse: boolean) {
    this.#views = views;
    this.#fuse = fuse;
  }

  get groups(): readonly { readonly group: Group; readonly needs: ReadonlySet<Group> }[] {
    return [...this.#groups].map((group) => ({ group, needs: this.#order.needsOf(group) }));
  }

  /** The group that computes a root; `undefined` for arguments, constants and variables. */
  producer(root: Tensor): Group | undefined {
    const group = this.#producers.get(root);
    return group && this.#order.find(group);
  }

  /**
   * Whether a step other than `group` reads `t`, or `group` does not read it element by element. Call it when
   * all nodes have been added.
   */
  readOutside(t: Tensor, group: Group): boolean {
    if (!this.#viewed) {
      this.#viewed = new Set();
      for (const read of this.#readers.keys())
        if (this.#views.get(read)!.root !== read) this.#viewed.add(this.#views.get(read)!.root);
    }
    return this.#viewed.has(t) || this.#readersOf(t).some((reader) => reader !== group);
  }

  addNode(node: Node): void {
    this.#add({ kind: 'node', node, ...ungrouped() }, node);
  }

  addJoin(node: Node): void {
    this.#add({ kind: 'join', node, ...ungrouped() }, node);
  }

  /** Whether a loop computes `t` element by element, and only loops have read it so far, without a view. */
  isOnlyInLoops(t: Tensor): boolean {
    const group = this.producer(t);
    return group?.kind === 'loop' && group.elements.has(t) && this.#readersOf(t).every(({ kind }) => kind === 'loop');
  }

  addLoop(node: LoopNode): void {
    let group = loopOf(node);
    const candidates = this.#fuse ? this.#candidates(group) : [];
    this.#add(group, node);
    for (const other of candidates) {
      if (other === group || !this.#fits(group, other) || !this.#order.join(group, other)) continue;
      this.#merge(group, other);
      group = other;
    }
    for (const t of node.inputs)
      if (sameShape(t.shape, group.space)) this.#siblings.set(t, [...this.#siblingsOf(t), group]);
  }

  #add(group: Group, node: Node): void {
    this.#order.add(group, this.#sources(node));
    this.#groups.add(group);
    this.#positions.set(node, this.#positions.size);
    for (const t of node.outputs) this.#producers.set(t, group);
    for (const t of new Set(node.inputs)) append(this.#readers, t, group);
  }

  #readersOf(t: Tensor): Group[] {
    return (this.#readers.get(t) ?? []).map((group) => this.#order.find(group));
  }

  /** Loops over the same space that compute or read the inputs of the loop element by element. */
  #candidates({ space, inputs }: Loop): Set<Loop> {
    const found = new Set<Loop>();
    for (const t of inputs) {
      if (!sameShape(t.shape, space)) continue;
      const producer = this.producer(t);
      if (producer?.kind === 'loop' && sameShape(producer.space, space)) found.add(producer);
      for (const loop of this.#siblingsOf(t)) found.add(loop);
    }
    return found;
  }

  #siblingsOf(t: Tensor): Loop[] {
    const newest = [...new Set((this.#siblings.get(t) ?? []).map((loop) => this.#order.find(loop) as Loop))].slice(
      -mostSiblings,
    );
    this.#siblings.set(t, newest);
    return newest;
  }

  /** Whether two loops are small enough to be joined, and each provides the elements that the other reads. */
  #fits(a: Loop, b: Loop): boolean {
    if (a.axes && b.axes && a.axes.join() !== b.axes.join()) return false;
    if (a.nodes.length + b.nodes.length > mostNodes || a.operations + b.operations > mostOperations) return false;
    const inputs = new Set([...a.inputs, ...b.inputs]);
    if (inputs.size > mostInputs) return false;
    // Inside a loop, a node can only read the current element of a value. It cannot read a view or a reduction of it.
    const has = (kind: 'elements' | 'outputs', t: Tensor): boolean => a[kind].has(t) || b[kind].has(t);
    return [...inputs].every((t) => has('elements', t) || !has('outputs', this.#views.get(t)!.root));
  }

  #sources(node: Node): Group[] {
    return node.inputs
      .map((t) => this.producer(t) ?? this.producer(this.#views.get(t)!.root))
      .filter((group) => group !== undefined);
  }

  #merge(a: Loop, b: Loop): void {
    b.nodes.push(...a.nodes);
    b.nodes.sort((x, y) => this.#positions.get(x)! - this.#positions.get(y)!);
    b.axes ??= a.axes;
    b.operations += a.operations;
    for (const kind of ['inputs', 'outputs', 'elements'] as const) for (const t of a[kind]) b[kind].add(t);
    this.#groups.delete(a);
  }
}

function ungrouped(): Ordered<Group> {
  return { at: -1, before: new Set(), joined: undefined };
}

/** A loop of one node. */
function loopOf(node: LoopNode): Loop {
  const isMap = node.kind === 'map';
  return {
    kind: 'loop',
    space: isMap ? node.types[0]!.shape : node.inputs[0]!.shape,
    nodes: [node],
    axes: isMap ? undefined : node.attrs.axes,
    inputs: new Set(node.inputs),
    outputs: new Set(node.outputs),
    elements: new Set(isMap ? node.outputs : []),
    operations: isMap ? countOperations(node.attrs.expr) : 1,
    ...ungrouped(),
  };
}
