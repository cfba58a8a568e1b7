import { type Backend, reference } from '@chainrule/compiler';
import { type DType, type Expr, scalar as e, type Tensor, type TypedArray } from '@chainrule/tensor';
import {
  arg,
  castExpr,
  exprDType,
  type Graph,
  type Node,
  type NodeOf,
  operation,
  type ScalarOp,
  sizeOf,
} from '@chainrule/tensor/graph';
import { mulberry } from '../sampler.ts';

/** Half the distance from 1 to the next number. */
export const unit: Readonly<Record<'float32' | 'float64', number>> = { float32: 2 ** -24, float64: 2 ** -53 };
/** The largest move by noise, in units. It is larger than the rounding error of one operation. */
const usualUnits = 16;

/**
 * Scalar operations whose result is an operand, its opposite, an integer or a boolean: all backends give the same bits.
 */
const exactOps: ReadonlySet<string> = new Set<ScalarOp>([
  'neg',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'max',
  'min',
  'select',
  'eq',
  'lt',
  'le',
  'and',
  'or',
  'not',
]);
/** Nodes that add or multiply many numbers. Noise in these numbers shows the error of sums that cancel. */
const sums: ReadonlySet<string> = new Set<Node['kind']>(['prefix', 'scatterAdd', 'matmul', 'conv']);

/**
 * The reference backend with noise: it moves every rounded value by some units, differently at each run. Exact values,
 * such as arguments, comparisons of them and their maximum, stay as they are, because all backends must agree on them.
 */
export function noisyReference(seed: number, units: number = usualUnits): Backend {
  const noise = new Noise(seed, units);
  return {
    name: 'reference with noise',
    prepare: (program) => reference().prepare({ ...program, graph: noise.graph(program.graph) }),
  };
}

/** Whether an operation rounds its result. */
function rounds(expr: Exclude<Expr, { op: 'arg' | 'literal' }>, dtypes: readonly DType[]): boolean {
  if (expr.op === 'cast') return expr.dtype === 'float32' && exprDType(expr.args[0], dtypes) === 'float64';
  const has = (test: (x: number) => boolean): boolean => expr.args.some((x) => x.op === 'literal' && test(x.value));
  if (expr.op === 'add' || expr.op === 'sub') return !has((x) => x === 0);
  if (expr.op === 'mul') return !has((x) => x === 0 || Number.isInteger(Math.log2(Math.abs(x))));
  return !exactOps.has(expr.op);
}

/** Sums of products of larger numbers may overflow. */
const large = { float32: 1e15, float64: 1e150 };

/** For smaller numbers, rounding is not in proportion to the number. */
const smallest = 2 ** -126;

type Floats = Float32Array | Float64Array;

const isFloats = (x: TypedArray): x is Floats => x instanceof Float32Array || x instanceof Float64Array;
const floatOf = (x: Floats): 'float32' | 'float64' => (x instanceof Float32Array ? 'float32' : 'float64');

/** |x|, or 0 if x is not finite. */
function magnitudes(x: TypedArray): TypedArray {
  return isFloats(x) ? x.map((v: number) => (v - v === 0 ? Math.abs(v) : 0)) : x;
}

/** The length of a stock of factors near 1. Each use takes a part that begins at a random place. */
const supply = 1 << 16;

const numbers: Float64Array = Float64Array.from({ length: supply }, mulberry(1)).map((x) => 2 * x - 1);

type Factors = Readonly<Record<'float32' | 'float64', Floats>>;

const supplies = new Map<number, Factors>();

function factorsOf(units: number): Factors {
  const known = supplies.get(units);
  if (known) return known;
  const made: Factors = {
    float32: Float32Array.from(numbers, (x) => 1 + 2 * units * unit.float32 * x),
    float64: numbers.map((x) => 1 + 2 * units * unit.float64 * x),
  };
  supplies.set(units, made);
  return made;
}

class Noise {
  readonly #random: () => number;
  readonly #factors: Factors;

  constructor(seed: number, units: number) {
    this.#random = mulberry(seed);
    this.#factors = factorsOf(units);
  }

  /** The graph with noise in the results of its nodes. */
  graph(graph: Graph): Graph {
    return { ...graph, nodes: graph.nodes.map((node) => this.#node(node)) };
  }

  #node(node: Node): Node {
    if (node.kind === 'scan') return { ...node, attrs: { ...node.attrs, body: this.graph(node.attrs.body) } };
    if (node.kind === 'map') return this.#map(node);
    if (node.kind === 'cast') return node.inputs[0]!.dtype === 'float64' ? this.#around(node, false) : node;
    const isSum =
      sums.has(node.kind) ||
      (node.kind === 'reduce' && ['sum', 'prod'].includes(node.attrs.op)) ||
      (node.kind === 'pool' && node.attrs.op !== 'max');
    return isSum ? this.#around(node, true) : node;
  }

  /** Adds noise to the results of a node, and with `inputs` to its operands. */
  #around(node: Node, inputs: boolean): Node {
    const run = node.evaluate as (given: Node, values: readonly TypedArray[]) => TypedArray[];
    const evaluate = (_: Node, values: readonly TypedArray[]): TypedArray[] => {
      const results = run(node, inputs ? values.map((x) => this.#moved(x)) : values).map((x) => this.#moved(x));
      if (inputs && values.some((x) => isFloats(x) && x.some((v) => Math.abs(v) > large[floatOf(x)] && v - v === 0)))
        run(node, values.map(magnitudes)).forEach((bounds, i) => this.#overflow(results[i]!, bounds));
      return results;
    };
    return { ...node, evaluate };
  }

  /** Replaces sums whose parts may overflow by random results, because they depend on the order of additions. */
  #overflow(results: TypedArray, bounds: TypedArray): void {
    const most = isFloats(bounds) ? large[floatOf(bounds)] ** 2 * 1e7 : Infinity;
    bounds.forEach((bound: number, i: number) => {
      if (bound > most) results[i] = [NaN, Infinity, -Infinity, results[i]!][Math.floor(this.#random() * 4)]!;
    });
  }

  /**
   * Adds noise to each operation of an expression. Equal subexpressions have the same noise, because they are computed
   * once.
   */
  #map(node: NodeOf<'map'>): NodeOf<'map'> {
    const dtypes = node.inputs.map(({ dtype }) => dtype);
    const added: ('float32' | 'float64')[] = [];
    const known = new Map<string, Expr>();
    const noisy = (expr: Expr): Expr => {
      if (expr.op === 'arg' || expr.op === 'literal') return expr;
      const found = known.get(expr.key);
      if (found) return found;
      const args = expr.args.map(noisy);
      const same = expr.op === 'cast' ? castExpr(args[0]!, expr.dtype) : operation(expr.op, args);
      const dtype = exprDType(expr, dtypes);
      const moves = (dtype === 'float32' || dtype === 'float64') && rounds(expr, dtypes);
      const result = moves ? e.mul(same, arg(dtypes.length + added.push(dtype) - 1)) : same;
      known.set(expr.key, result);
      return result;
    };
    const expr = noisy(node.attrs.expr);
    const { shape } = node.types[0]!;
    const inputs = [...node.inputs, ...added.map((dtype) => ({ shape, dtype }) as Tensor)];
    const given: NodeOf<'map'> = { ...node, attrs: { expr }, inputs };
    const evaluate = (_: NodeOf<'map'>, values: readonly TypedArray[]): TypedArray[] =>
      node.evaluate(given, [...values, ...added.map((dtype) => this.#take(dtype, sizeOf(shape)))]);
    return { ...node, evaluate };
  }

  #moved(x: TypedArray): TypedArray {
    if (!isFloats(x)) return x;
    const own = this.#take(floatOf(x), x.length);
    // Subnormal numbers have few digits, so the last one moves.
    return x.map((value: number, i: number) =>
      value !== 0 && Math.abs(value) < smallest ? value + (own[i]! < 1 ? -2 : 2) * 2 ** -149 : value * own[i]!,
    );
  }

  #take(dtype: 'float32' | 'float64', count: number): Floats {
    const all = this.#factors[dtype];
    const from = Math.floor(this.#random() * (supply / 2));
    if (count <= supply / 2) return all.subarray(from, from + count);
    const out = dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
    for (let at = 0; at < count; at += supply / 2) {
      const start = Math.floor(this.#random() * (supply / 2));
      out.set(all.subarray(start, start + Math.min(supply / 2, count - at)), at);
    }
    return out;
  }
}
