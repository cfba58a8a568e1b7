import { CaptureError } from '@chainrule/errors';
import { byteSize, type TypedArray } from '../array/dtype.ts';
import type { Evaluate, Graph, Node, NodeAttrs, NodeKind, NodeOf, TensorType } from './node.ts';
import { opName } from './opName.ts';
import { checkSize } from '../array/shape.ts';
import { type Scope, Tensor } from '../array/tensor.ts';
import type { VariableLike } from './variableLike.ts';

/**
 * Gradients and `compile` observe running code through one stack of traces. A **tape** records the nodes that are
 * emitted above it on the stack. A **capture** does not run nodes but collects them in a graph. Each node goes to the
 * innermost capture and to the tapes above it; without a capture it is evaluated immediately.
 */
export interface Tape {
  readonly kind: 'tape';
  record(node: Node): void;
  /** Returns the tensor that replaces the variable's value while it is differentiated. */
  substitute(variable: VariableLike, value: Tensor): Tensor;
}

const stack: (Tape | Capture)[] = [];

/** Tensors up to this size become constants of a program. Larger ones are passed to it at every call. */
const largestConstant = 64 * 1024;

/** A graph that is being captured. */
export class Capture implements Scope {
  readonly kind = 'capture';
  readonly nodes: Node[] = [];
  readonly inputs: Tensor[] = [];
  /** Tensors from outside the capture, and the inputs that represent them. */
  readonly lifted: Map<Tensor, Tensor> = new Map();
  readonly reads: Map<VariableLike, Tensor> = new Map();
  readonly assigned: Map<VariableLike, Tensor> = new Map();
  /** The number of draws in this body, by counter; see `nodes/draws.ts`. */
  readonly draws: Map<VariableLike, number> = new Map();
  /** The step number of a scan's body. */
  step: Tensor | undefined;
  closed = false;

  /** @param scope - the name of the capture in errors; only a `program` may assign variables */
  constructor(readonly scope: string) {}

  get isProgram(): boolean {
    return this.scope === 'program';
  }

  /** Adds an argument to the graph. */
  input(type: TensorType): Tensor {
    const symbol = this.leaf('input', { index: this.inputs.length }, type);
    this.inputs.push(symbol);
    return symbol;
  }

  /** Returns `t` as a value of this graph. */
  own(t: Tensor): Tensor {
    const scope = t['~scope'];
    if (scope === this) return t;
    if (scope?.closed) void t['~values']; // throws, and says what outlived its capture
    const known = this.lifted.get(t);
    if (known) return known;
    const constant = this.isProgram && t.size * byteSize(t.dtype) <= largestConstant;
    const symbol = constant ? this.leaf('constant', { value: t }, t) : this.input(t);
    this.lifted.set(t, symbol);
    return symbol;
  }

  read(variable: VariableLike): Tensor {
    const known = this.assigned.get(variable) ?? this.reads.get(variable);
    if (known) return known;
    const symbol = this.leaf('variable', { variable }, variable);
    this.reads.set(variable, symbol);
    return symbol;
  }

  /** Tensors from outside that became inputs, in the order of the inputs. */
  hidden(): Tensor[] {
    const inputs = new Set(this.inputs);
    return [...this.lifted].filter(([, symbol]) => inputs.has(symbol)).map(([outside]) => outside);
  }

  /** Returns the graph of all nodes that `outputs` depend on. */
  graph(outputs: readonly Tensor[]): Graph {
    const owned = outputs.map((t) => this.own(t));
    return { inputs: this.inputs, nodes: liveNodes(this.nodes, owned), outputs: owned };
  }

  private leaf<K extends 'input' | 'constant' | 'variable'>(
    kind: K,
    attrs: NodeAttrs[K],
    { shape, dtype }: TensorType,
  ): Tensor {
    const symbol = new Tensor(shape, dtype, this);
    this.nodes.push({
      kind,
      op: kind,
      attrs,
      inputs: [],
      types: [{ shape, dtype }],
      outputs: [symbol],
      evaluate: leafEvaluate,
    } as unknown as Node);
    return symbol;
  }
}

/** Returns the nodes that `outputs` depend on, and all inputs, in their order. */
export function liveNodes(nodes: readonly Node[], outputs: readonly Tensor[]): Node[] {
  const needed = new Set(outputs);
  const live: Node[] = [];
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!;
    if (node.kind !== 'input' && !node.outputs.some((t) => needed.has(t))) continue;
    for (const t of node.inputs) needed.add(t);
    live.push(node);
  }
  return live.reverse();
}

function leafEvaluate(): never {
  throw new CaptureError('interpret: leaves are bound, not evaluated');
}

/** Runs `body` with `trace` on top of the stack. */
export function withTrace<R>(trace: Tape | Capture, body: () => R): R {
  stack.push(trace);
  try {
    return body();
  } finally {
    stack.pop();
    if (trace.kind === 'capture') trace.closed = true;
  }
}

/**
 * Tells whether any trace is active. If so, ops with their own pullback become `custom` nodes.
 *
 * @example
 * isTracing(); // => false
 */
export function isTracing(): boolean {
  return stack.length > 0;
}

/** Tells whether a tape records the next node. */
export function isTaped(): boolean {
  return stack.at(-1)?.kind === 'tape';
}

/** Returns the position of the innermost capture at or below `from`, or −1. */
function captureIndex(from: number = stack.length - 1): number {
  for (let i = from; i >= 0; i--) if (stack[i]!.kind === 'capture') return i;
  return -1;
}

/** Returns the innermost capture. */
export function currentCapture(): Capture | undefined {
  return stack[captureIndex()] as Capture | undefined;
}

/** Returns all captures, innermost first. */
export function activeCaptures(): Capture[] {
  return stack.filter((trace) => trace.kind === 'capture').reverse();
}

/**
 * Every computation goes through here. Adds a node to the innermost capture or evaluates it, and hands it to the tapes
 * above.
 *
 * @throws ShapeError for a result of more than 2³¹ − 1 elements, before anything is allocated
 */
export function emit<K extends NodeKind>(
  kind: K,
  attrs: NodeAttrs[K],
  inputs: readonly Tensor[],
  types: readonly TensorType[],
  evaluate: Evaluate<K>,
): readonly Tensor[] {
  const op = opName(kind);
  for (const type of types) checkSize(op, type.shape);
  const at = captureIndex();
  const capture = stack[at] as Capture | undefined;
  const draft = { kind, op, attrs, types, evaluate, inputs: capture ? inputs.map((t) => capture.own(t)) : inputs };
  const outputs = capture
    ? types.map((type) => new Tensor(type.shape, type.dtype, capture))
    : run(draft as Omit<NodeOf<K>, 'outputs'>);
  if (!capture && stack.length === 0) return outputs;
  const node = { ...draft, outputs } as unknown as Node;
  capture?.nodes.push(node);
  for (let i = at + 1; i < stack.length; i++) (stack[i] as Tape).record(node);
  return outputs;
}

function run<K extends NodeKind>(draft: Omit<NodeOf<K>, 'outputs'>): Tensor[] {
  const values: TypedArray[] = draft.inputs.map((t) => t['~values']);
  const results = draft.evaluate(draft as NodeOf<K>, values);
  return draft.types.map((type, i) => new Tensor(type.shape, type.dtype, results[i]!));
}

/** Returns the value of a variable as seen by code at this depth of the stack. */
export function readVariable(variable: VariableLike, from: number = stack.length - 1): Tensor {
  const trace = stack[from];
  if (!trace) return variable['~committed'];
  if (trace.kind === 'tape') return trace.substitute(variable, readVariable(variable, from - 1));
  return trace.isProgram ? trace.read(variable) : trace.own(readVariable(variable, from - 1));
}

/** Replaces a variable's value: immediately, or when the captured program commits. */
export function assignVariable(variable: VariableLike, value: Tensor): void {
  const capture = currentCapture();
  if (!capture) {
    void value['~values']; // throws for a symbol that outlived its capture
    variable['~commit'](value);
  } else if (capture.isProgram) {
    capture.assigned.set(variable, capture.own(value));
  } else {
    throw new CaptureError(
      `assign: \`${variable.name}\` is assigned inside a ${capture.scope}, which may only read; return the value and assign it outside`,
    );
  }
}
