import { type Node, type NodeOf, sameShape, type Tensor } from '@chainrule/tensor';
import type { Place } from './place.ts';

/** Nodes that can share a loop. */
export type LoopNode = NodeOf<'map'> | NodeOf<'reduce'>;

/** Nodes that become one step. */
export type Unit =
  | Loop
  | { readonly kind: 'node'; readonly node: Node }
  /** A concatenation whose parts are computed where they belong: there is nothing left to do. */
  | { readonly kind: 'join'; readonly node: Node };

interface Loop {
  readonly kind: 'loop';
  readonly space: readonly number[];
  readonly nodes: LoopNode[];
  /** The axes of its reductions, once it has one. */
  axes: readonly number[] | undefined;
}

/** A loop has at most so many nodes and reads at most so many tensors: registers are few. */
const mostNodes = 64;
const mostInputs = 32;

/**
 * Puts elementwise nodes and reductions into loops. A node joins the loops that compute what it reads, and those that
 * read what it reads (sibling reductions; the moments of an optimizer), where they run over the same space and nothing
 * between them has to wait for a step outside.
 */
export class Groups {
  #units = new Set<Unit>();
  readonly #producers = new Map<Tensor, Unit>();
  /** Which loops read a tensor. */
  readonly #readers = new Map<Tensor, Set<Unit>>();
  readonly #places: ReadonlyMap<Tensor, Place>;
  readonly #fuse: boolean;
  /** The order in which nodes came. */
  readonly #positions = new Map<Node, number>();

  constructor(places: ReadonlyMap<Tensor, Place>, fuse: boolean) {
    this.#places = places;
    this.#fuse = fuse;
  }

  get units(): readonly { readonly unit: Unit; readonly needs: ReadonlySet<Unit> }[] {
    return [...this.#units].map((unit) => ({ unit, needs: this.#needs([unit]) }));
  }

  /** The unit that computes a root; none for arguments, constants and variables. */
  producer(root: Tensor): Unit | undefined {
    return this.#producers.get(root);
  }

  /** Whether any step but `unit` reads `t`, or `unit` reads it in another way than element by element. */
  readOutside(t: Tensor, unit: Unit): boolean {
    for (const [read, readers] of this.#readers) {
      if (this.#places.get(read)!.root !== t) continue;
      if (read !== t || [...readers].some((reader) => reader !== unit)) return true;
    }
    return false;
  }

  addNode(node: Node): void {
    this.#place({ kind: 'node', node }, node);
  }

  addJoin(node: Node): void {
    this.#place({ kind: 'join', node }, node);
  }

  /** Whether a loop computes `t` element by element, and nobody but loops has read it so far, as it is. */
  isOnlyInLoops(t: Tensor): boolean {
    const unit = this.#producers.get(t);
    if (unit?.kind !== 'loop' || !unit.nodes.some((node) => node.kind === 'map' && node.outputs[0] === t)) return false;
    return [...(this.#readers.get(t) ?? [])].every(({ kind }) => kind === 'loop');
  }

  addLoop(node: LoopNode): void {
    const space = node.kind === 'reduce' ? node.inputs[0]!.shape : node.types[0]!.shape;
    const axes = node.kind === 'reduce' ? node.attrs.axes : undefined;
    let unit: Loop = { kind: 'loop', space, nodes: [], axes };
    if (this.#fuse) {
      for (const other of this.#candidates(node, space)) {
        if (other === unit || !this.#joins(unit, other, node)) continue;
        unit = this.#merge(unit, other);
      }
    }
    unit.axes ??= axes;
    unit.nodes.push(node);
    this.#place(unit, node);
  }

  #place(unit: Unit, node: Node): void {
    this.#units.add(unit);
    this.#positions.set(node, this.#positions.size);
    for (const t of node.outputs) this.#producers.set(t, unit);
    for (const t of node.inputs) {
      const readers = this.#readers.get(t) ?? new Set();
      this.#readers.set(t, readers.add(unit));
    }
  }

  /** Loops over the same space that compute or read one of the node's inputs element by element. */
  #candidates(node: LoopNode, space: readonly number[]): Set<Loop> {
    const found = new Set<Loop>();
    for (const t of node.inputs) {
      if (!sameShape(t.shape, space)) continue;
      for (const unit of [this.#producers.get(t), ...(this.#readers.get(t) ?? [])]) {
        if (unit?.kind === 'loop' && sameShape(unit.space, space)) found.add(unit);
      }
    }
    return found;
  }

  /** Whether `a`, which the node is to join, `b` and the node can be one loop. */
  #joins(a: Loop, b: Loop, node: LoopNode): boolean {
    const axes = [a.axes, b.axes, node.kind === 'reduce' ? node.attrs.axes : undefined].filter((x) => x !== undefined);
    if (axes.some((x) => x.join() !== axes[0]!.join())) return false;
    const nodes = [...a.nodes, ...b.nodes, node];
    if (nodes.length > mostNodes || new Set(nodes.flatMap((n) => n.inputs)).size > mostInputs) return false;
    // Inside a loop a value is there for the same element only: a view of it, or a reduction, is not.
    const made = new Set(nodes.filter((n) => n.kind === 'map').flatMap((n) => n.outputs));
    const all = new Set(nodes.flatMap((n) => n.outputs));
    if (nodes.some((n) => n.inputs.some((t) => !made.has(t) && all.has(this.#places.get(t)!.root)))) return false;
    return !this.#waits(new Set<Unit>([a, b]), node);
  }

  /** Whether something that the loops or the node need from outside needs one of the loops. */
  #waits(loops: ReadonlySet<Unit>, node: Node): boolean {
    const seen = new Set<Unit>();
    const visit = (unit: Unit): boolean => {
      if (loops.has(unit)) return true;
      if (seen.has(unit)) return false;
      seen.add(unit);
      return [...this.#needs([unit])].some(visit);
    };
    const outside = new Set([...this.#needs([...loops]), ...this.#sources(node)]);
    for (const unit of loops) outside.delete(unit);
    return [...outside].some(visit);
  }

  #needs(units: readonly Unit[]): Set<Unit> {
    const needed = new Set(units.flatMap((unit) => (unit.kind === 'loop' ? unit.nodes.flatMap((n) => this.#sources(n)) : this.#sources(unit.node))));
    for (const unit of units) needed.delete(unit);
    return needed;
  }

  #sources(node: Node): Unit[] {
    return node.inputs.map((t) => this.#producers.get(t) ?? this.#producers.get(this.#places.get(t)!.root)).filter((unit) => unit !== undefined);
  }

  #merge(a: Loop, b: Loop): Loop {
    b.nodes.push(...a.nodes);
    b.nodes.sort((x, y) => this.#positions.get(x)! - this.#positions.get(y)!);
    b.axes ??= a.axes;
    for (const node of a.nodes) {
      for (const t of node.outputs) this.#producers.set(t, b);
      for (const t of node.inputs) {
        const readers = this.#readers.get(t)!;
        readers.delete(a);
        readers.add(b);
      }
    }
    this.#units.delete(a);
    return b;
  }
}
