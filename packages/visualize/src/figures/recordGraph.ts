import { grad } from '@chainrule/autograd';
import { DTypeError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { add, isFloat, isTensor, reshape, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { liveNodes, type Node, replayNode, treeMap, type VariableLike, withTrace } from '@chainrule/tensor/graph';

/** A value that a function takes or reads. */
export interface Leaf {
  readonly name: string;
  readonly kind: 'input' | 'variable' | 'constant';
  readonly value: Tensor;
}

/** An operation with the values that it takes and makes. */
export interface Operation {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** What a function did on the way to its result. */
export interface RecordedGraph {
  readonly result: Tensor;
  readonly leaves: readonly Leaf[];
  /** In the order in which they ran, without steps that only give an operand another shape. */
  readonly operations: readonly Operation[];
  /** All steps. */
  readonly nodes: readonly Node[];
}

/** Runs a function and records its operations. */
export function recordGraph<T>(op: string, f: (inputs: T) => Tensor, inputs: T): RecordedGraph {
  const names = new Map<Tensor, Pick<Leaf, 'name' | 'kind'>>();
  const given = new Map<unknown, string>();
  const args = treeMap(inputs, (leaf, path) => {
    const name = path === '' ? 'x' : path;
    if (!isTensor(leaf) && !(leaf instanceof Variable))
      throw new DTypeError(`${op}: \`inputs\` must hold tensors and variables, got ${showValue(leaf)}`);
    if (!isFloat(leaf.dtype)) throw new DTypeError(`${op}: \`${name}\` must be float32 or float64, got ${leaf.dtype}`);
    given.set(leaf, name);
    if (leaf instanceof Variable) return leaf;
    // Another tensor, so that other uses of the same one are not the argument.
    const argument = reshape(leaf, leaf.shape);
    names.set(argument, { name, kind: 'input' });
    return argument;
  }) as T;
  if (given.size === 0)
    throw new DTypeError(`${op}: \`inputs\` must hold a tensor or a variable, got ${showValue(inputs)}`);
  const nodes: Node[] = [];
  const read = new Set<unknown>();
  const substitute = (variable: VariableLike, value: Tensor): Tensor => {
    read.add(variable);
    const name = given.get(variable);
    names.set(value, { name: name ?? variable.name, kind: name === undefined ? 'variable' : 'input' });
    return value;
  };
  const result = withTrace({ kind: 'tape', record: (node) => void nodes.push(node), substitute }, () => f(args));
  checkResult(op, result);
  const live = liveNodes(nodes, [result]);
  for (const [leaf, name] of given)
    if (leaf instanceof Variable && !read.has(leaf))
      names.set(reshape(leaf.value as Tensor, leaf.shape), { name, kind: 'input' });
  return { result, nodes: live, leaves: leavesOf(live, result, names), operations: operationsOf(live) };
}

function checkResult(op: string, result: unknown): asserts result is Tensor {
  if (!isTensor(result)) throw new DTypeError(`${op}: \`f\` must return a tensor, got ${showValue(result)}`);
  if (result.size !== 1)
    throw new ShapeError(
      `${op}: \`f\` must return one element, got shape ${showShape(result.shape)}; reduce it with \`mean\` or \`sum\``,
    );
  if (!isFloat(result.dtype)) throw new DTypeError(`${op}: \`f\` must return float32 or float64, got ${result.dtype}`);
}

/** The arguments, and the values that the result comes from and no node made: first those with names, then constants. */
function leavesOf(
  nodes: readonly Node[],
  result: Tensor,
  names: ReadonlyMap<Tensor, Pick<Leaf, 'name' | 'kind'>>,
): Leaf[] {
  const made = new Set(nodes.flatMap(({ outputs }) => outputs));
  const taken = new Set([...nodes.flatMap(({ inputs }) => inputs), result].filter((value) => !made.has(value)));
  const named = [...names].flatMap(([value, known]) =>
    known.kind === 'input' || taken.has(value) ? [{ ...known, value }] : [],
  );
  const others = [...taken].filter((value) => !names.has(value));
  return [...named, ...others.map((value): Leaf => ({ name: 'constant', kind: 'constant', value }))];
}

/** The nodes as operations. A view that an operation makes of an operand is a part of the operation. */
function operationsOf(nodes: readonly Node[]): Operation[] {
  const usersOf = (value: Tensor): Node[] => nodes.filter(({ inputs }) => inputs.includes(value));
  const sources = new Map<Tensor, Tensor>();
  return nodes.flatMap((node): Operation[] => {
    const inputs = node.inputs.map((value) => sources.get(value) ?? value);
    const [user, ...others] = usersOf(node.outputs[0]!);
    if (node.kind === 'view' && user && user.op === node.op && others.length === 0) {
      sources.set(node.outputs[0]!, inputs[0]!);
      return [];
    }
    return [{ name: nameOf(node), inputs, outputs: node.outputs }];
  });
}

/** The name of the operation, with operands that are plain numbers, and with the reduction that a larger one begins with. */
function nameOf(node: Node): string {
  if (node.kind === 'reduce' && node.attrs.op !== node.op) return `${node.op}: ${node.attrs.op}`;
  if (node.kind !== 'map' || !('args' in node.attrs.expr) || node.attrs.expr.op !== node.op) return node.op;
  const operands = node.attrs.expr.args.map((operand) => (operand.op === 'literal' ? String(operand.value) : '·'));
  return operands.every((text) => text === '·') ? node.op : `${node.op}(${operands.join(', ')})`;
}

/**
 * The derivative of the result by each value: by a number that is added to the value, and is 0. Constants, and values that are
 * not floats, have none.
 */
export function derivativesOf({ nodes, leaves, result }: RecordedGraph): ReadonlyMap<Tensor, Tensor> {
  const values = [
    ...leaves.filter(({ kind }) => kind !== 'constant').map(({ value }) => value),
    ...nodes.flatMap(({ outputs }) => outputs),
  ].filter(({ dtype }) => isFloat(dtype));
  const placeOf = new Map(values.map((value, i) => [value, i]));
  const rerun = (added: readonly Tensor[]): Tensor => {
    const shifted = new Map<Tensor, Tensor>();
    const shift = (value: Tensor, now: Tensor): Tensor => {
      const place = placeOf.get(value);
      const moved: Tensor = place === undefined ? now : add(now, added[place]!);
      shifted.set(value, moved);
      return moved;
    };
    for (const node of nodes) {
      const made = replayNode(
        node,
        node.inputs.map((value) => shifted.get(value) ?? shift(value, value)),
      );
      node.outputs.forEach((value, i) => shift(value, made[i]!));
    }
    return shifted.get(result) ?? shift(result, result);
  };
  const slopes = grad(rerun)(values.map(({ shape, dtype }) => zeros(shape, dtype as 'float32')));
  return new Map(values.map((value, i) => [value, slopes[i]!]));
}
