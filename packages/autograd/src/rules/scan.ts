import { isFloat, map, scalar as e, type Tensor } from '@chainrule/tensor';
import {
  type Graph,
  matmulNode,
  type NodeOf,
  replayNode,
  reshapeNode,
  scanNode,
  sizeOf,
  withTrace,
} from '@chainrule/tensor/graph';
import { GradientTape } from '../tape.ts';
import type { Backward, Vjps, RuleContext } from './rule.ts';
import { zerosOf } from './shapes.ts';

type Scan = NodeOf<'scan'>;
type Product = NodeOf<'matmul'>;

/**
 * The gradient of a loop is a loop in reverse. Each of its steps recomputes the elementwise work of the forward step
 * from the saved carries and results of expensive nodes, and propagates the cotangents of the carries. A weight that
 * the loop does not change gets its gradient after the loop, in one product of the stacked operands and cotangents. The
 * gradients of other constants are summed in a pair of carries, so that the error of a float32 sum does not grow with
 * the number of steps.
 */
export function scanRule(n: Scan, _g: Tensor, { cotangents, needed, backward }: RuleContext): Vjps {
  let pulled: (Tensor | null)[] | undefined;
  return n.inputs.map((_, i) => () => (pulled ??= scanVjps(n, cotangents, needed, backward))[i] ?? null);
}

/** The carries, inputs and outputs of the backward loop. */
interface Plan {
  readonly n: Scan;
  /** Values of the body that are saved for every step, by their symbols. */
  readonly stacked: ReadonlyMap<Tensor, Tensor>;
  /** Outputs of the body that have a cotangent from outside, and those cotangents, stacked. */
  readonly ys: readonly (readonly [symbol: Tensor, cotangent: Tensor])[];
  /** Body inputs that gradients flow through. */
  readonly carries: readonly Tensor[];
  readonly xs: readonly Tensor[];
  /** Constants whose gradient is summed in the loop, and products whose weight gets its gradient after the loop. */
  readonly summed: readonly Tensor[];
  readonly products: readonly Product[];
}

function scanVjps(
  n: Scan,
  cotangents: readonly (Tensor | null)[],
  needed: readonly boolean[],
  backward: Backward,
): (Tensor | null)[] {
  const plan = makePlan(n, cotangents, needed);
  const { length, reverse, body } = n.attrs;
  const start = plan.carries.map(
    (symbol) => cotangents[body.inputs.indexOf(symbol)] ?? zerosOf(symbol.shape, symbol.dtype),
  );
  const zeros = plan.summed.map((symbol) => zerosOf(symbol.shape, symbol.dtype));
  const used = [...plan.stacked].filter(([symbol]) => isRead(body, symbol));
  const lefts = plan.products.filter((p) => !plan.stacked.has(p.inputs[0]!));
  const [finals, stacks] = scanNode(
    (carry, slices, t) => backwardStep(plan, backward, carry, { used, lefts }, slices, t),
    [...start, ...zeros, ...zeros],
    [...used.map(([, stack]) => stack), ...plan.ys.map(([, g]) => g)],
    { length, reverse: !reverse, step: null },
  );
  const result = n.inputs.map((): Tensor | null => null);
  plan.carries.forEach((symbol, i) => (result[body.inputs.indexOf(symbol)] = finals[i]!));
  plan.xs.forEach((symbol, i) => (result[body.inputs.indexOf(symbol)] = stacks[i]!));
  plan.summed.forEach((symbol, i) => (result[body.inputs.indexOf(symbol) - 1] = finals[plan.carries.length + i]!));
  const rest = stacks.slice(plan.xs.length);
  plan.products.forEach((p, i) => {
    const left = plan.stacked.get(p.inputs[0]!) ?? rest[plan.products.length + lefts.indexOf(p)]!;
    const at = body.inputs.indexOf(p.inputs[1]!) - 1;
    const part = contract(p, left, rest[i]!);
    result[at] = result[at] ? map(e.add, [result[at], part]) : part;
  });
  return result;
}

/** Σₜ leftₜᵀ·gₜ as one product over steps and rows. */
function contract(p: Product, left: Tensor, g: Tensor): Tensor {
  const flat = (t: Tensor): Tensor => reshapeNode(t, [sizeOf(t.shape.slice(0, -1)), t.shape.at(-1)!]);
  const [a, b] = p.attrs.transposeB ? [flat(g), flat(left)] : [flat(left), flat(g)];
  return matmulNode(a, b, { transposeA: true });
}

/** Whether a node of the body reads the value, so that the backward step may need it. */
function isRead(body: Graph, symbol: Tensor): boolean {
  return body.nodes.some((node) => node.inputs.includes(symbol) || node.outputs.includes(symbol));
}

function makePlan(n: Scan, cotangents: readonly (Tensor | null)[], needed: readonly boolean[]): Plan {
  const { body, carries, xs } = n.attrs;
  const stacked = new Map<Tensor, Tensor>();
  body.outputs.slice(carries).forEach((symbol, j) => stacked.set(symbol, n.outputs[carries + j]!));
  body.inputs.slice(carries, carries + xs).forEach((symbol, j) => stacked.set(symbol, n.inputs[carries + j]!));
  const consts = body.inputs
    .slice(carries + xs + 1)
    .filter((symbol, j) => isFloat(symbol.dtype) && needed[carries + xs + j]);
  const isWeight = (symbol: Tensor): boolean =>
    readers(body, symbol).every((node) => isWeightProduct(node, symbol)) && !body.outputs.includes(symbol);
  const weights = new Set(consts.filter(isWeight));
  const neededXs = body.inputs
    .slice(carries, carries + xs)
    .filter((symbol, j) => isFloat(symbol.dtype) && needed[carries + j]);
  const start = new Set([
    ...neededXs,
    ...consts,
    ...body.inputs.slice(0, carries).filter((s, i) => isFloat(s.dtype) && needed[i]),
  ]);
  const active = activeCarries(body, carries, start);
  return {
    n,
    stacked,
    ys: body.outputs.slice(carries).flatMap((symbol, j) => {
      const g = cotangents[carries + j];
      return g ? [[symbol, g] as const] : [];
    }),
    carries: active,
    xs: neededXs,
    summed: consts.filter((symbol) => !weights.has(symbol)),
    products: body.nodes.filter((node) => node.kind === 'matmul').filter((node) => weights.has(node.inputs[1]!)),
  };
}

function readers(body: Graph, symbol: Tensor): Graph['nodes'] {
  return body.nodes.filter((node) => node.inputs.includes(symbol));
}

/** Whether the node is a product with this weight, whose gradient can be computed after the loop. */
function isWeightProduct(node: Graph['nodes'][number], weight: Tensor): boolean {
  return (
    node.kind === 'matmul' &&
    node.inputs[1] === weight &&
    node.inputs[0] !== weight &&
    weight.rank === 2 &&
    !node.attrs.transposeA
  );
}

/** The carries that depend on the differentiated inputs, through any number of steps. */
function activeCarries(body: Graph, carries: number, start: ReadonlySet<Tensor>): Tensor[] {
  const active = new Set(start);
  const ins = body.inputs.slice(0, carries);
  for (let before = -1; before !== active.size;) {
    before = active.size;
    for (const node of body.nodes) {
      if (node.inputs.some((t) => active.has(t))) for (const t of node.outputs) if (isFloat(t.dtype)) active.add(t);
    }
    ins.forEach((symbol, i) => active.has(body.outputs[i]!) && isFloat(symbol.dtype) && active.add(symbol));
  }
  return ins.filter((symbol) => active.has(symbol));
}

/**
 * One backward step: replays the forward step on a tape, with saved values in place of expensive nodes, and walks it
 * back.
 */
function backwardStep(
  plan: Plan,
  backward: Backward,
  carry: readonly Tensor[],
  { used, lefts }: { used: readonly (readonly [Tensor, Tensor])[]; lefts: readonly Product[] },
  slices: readonly Tensor[],
  t: Tensor,
): readonly [Tensor[], Tensor[]] {
  const { n, carries, xs, summed, products } = plan;
  const { body } = n.attrs;
  const tape = new GradientTape();
  const values = bindBody(plan, tape, used, slices, t);
  withTrace(tape, () => replayBody(plan, tape, values));
  const value = (symbol: Tensor): Tensor => values.get(symbol)!;
  const outputs = [
    ...carries.map((symbol) => body.outputs[body.inputs.indexOf(symbol)]!),
    ...plan.ys.map(([symbol]) => symbol),
  ];
  const cotangents = [...carry.slice(0, carries.length), ...slices.slice(used.length)];
  const wanted = [...carries, ...summed, ...xs, ...products.map((p) => p.outputs[0]!)];
  const pulled = backward(tape, outputs.map(value), cotangents, wanted.map(value)).map(
    (g, i) => g ?? zerosOf(wanted[i]!.shape, wanted[i]!.dtype),
  );
  const sums = summed.map((_, i) =>
    addTo(carry[carries.length + i]!, carry[carries.length + summed.length + i]!, pulled[carries.length + i]!),
  );
  return [
    [...pulled.slice(0, carries.length), ...sums.map(({ sum }) => sum), ...sums.map(({ error }) => error)],
    [...pulled.slice(carries.length + summed.length), ...lefts.map((p) => value(p.inputs[0]!))],
  ];
}

/**
 * Kahan's summation: adds a term to a sum, and returns the rounding error that the next addition corrects. The sum of
 * any number of terms errs by about 2⁻²³·Σ|x|. For a sum that is not finite, the error is set to 0, so that it does not
 * change the sum.
 *
 * Source: W. Kahan, Further remarks on reducing truncation errors, Communications of the ACM 8 (1965).
 */
function addTo(sum: Tensor, error: Tensor, term: Tensor): { readonly sum: Tensor; readonly error: Tensor } {
  const next = map((s, c, x) => e.add(s, e.sub(x, c)), [sum, error, term]);
  const rest = map(
    (t, s, c, x) => {
      const lost = e.sub(e.sub(t, s), e.sub(x, c));
      return e.select(e.lt(e.abs(lost), Infinity), lost, 0);
    },
    [next, sum, error, term],
  );
  return { sum: next, error: rest };
}

/** The values of the body's inputs and all saved values at the current step. */
function bindBody(
  plan: Plan,
  tape: GradientTape,
  used: readonly (readonly [Tensor, Tensor])[],
  slices: readonly Tensor[],
  t: Tensor,
): Map<Tensor, Tensor> {
  const { n, carries, xs, summed } = plan;
  const { body, carries: count, xs: inputs } = n.attrs;
  const watched = new Set([...carries, ...xs, ...summed]);
  const values = new Map<Tensor, Tensor>();
  const bind = (symbol: Tensor, value: Tensor): void =>
    void values.set(symbol, watched.has(symbol) ? tape.watch(value) : value);
  used.forEach(([symbol], i) => bind(symbol, slices[i]!));
  bind(body.inputs[count + inputs]!, t);
  body.inputs.slice(count + inputs + 1).forEach((symbol, i) => bind(symbol, n.inputs[count + inputs + i]!));
  for (const symbol of watched) if (!values.has(symbol)) bind(symbol, zerosOf(symbol.shape, symbol.dtype));
  return values;
}

function replayBody(plan: Plan, tape: GradientTape, values: Map<Tensor, Tensor>): void {
  const late = new Set<Tensor>(plan.products.flatMap((p) => p.outputs));
  for (const node of plan.n.attrs.body.nodes) {
    if (node.kind === 'input') continue;
    const inputs = node.inputs.map((symbol) => values.get(symbol)!);
    const saved = node.kind !== 'scan' && node.outputs.every((symbol) => values.has(symbol));
    if (saved) {
      const outputs = node.outputs.map((symbol) => values.get(symbol)!);
      tape.record({ ...node, inputs, outputs });
    } else {
      const outputs = replayNode(node, inputs);
      node.outputs.forEach((symbol, i) => values.set(symbol, outputs[i]!));
    }
    for (const symbol of node.outputs) if (late.has(symbol)) tape.tracked.add(values.get(symbol)!);
  }
}
