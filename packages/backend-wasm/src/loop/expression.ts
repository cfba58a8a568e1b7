import type { DType, Expr } from '@chainrule/tensor';
import { type BooleanOp, exprDType, type IntegerOp, operandDType, type ScalarOp } from '@chainrule/tensor/graph';
import { callValue, f32, f64, type FunctionBuilder, i32, type I32, type Value } from '../asm/index.ts';
import type { Floats, Ints, Lanes, Mask } from '../lanes/lanes.ts';
import type { Target } from '../kernels/common/kernel.ts';
import type { HostFunction, InstructionOp } from '../math/hostFunctions.ts';
import { vectorMath } from '../math/index.ts';
import { constant, keep, type Register } from './registers.ts';

type Operation = Exclude<Expr, { op: 'arg' | 'literal' }>;

/** The values of an expression's arguments. */
export interface Arguments {
  readonly registers: readonly Register[];
  readonly dtypes: readonly DType[];
  /** Names that identify the values. */
  readonly names: readonly string[];
}

/** A value in a register, and its unique name. */
interface Named {
  readonly register: Register;
  readonly name: string;
}

/** Computed values, by operation and names of operands. */
export type Known = ReadonlyMap<string, Named>;

/** Writes the code of expressions. Each distinct part is computed once, into a local. */
export class ExpressionPrinter {
  readonly #known: Map<string, Named>;

  constructor(
    private readonly f: FunctionBuilder,
    private readonly l: Lanes,
    private readonly target: Target,
    known: Known = new Map(),
  ) {
    this.#known = new Map(known);
  }

  /** Computed values, for printers of later code. */
  get known(): Known {
    return this.#known;
  }

  /** The register of `expr`. */
  print(expr: Expr, args: Arguments, out: DType): Register {
    const dtype = exprDType(expr, args.dtypes) ?? out;
    return convert(this.f, this.l, this.#walk(expr, out, args).register, dtype, out);
  }

  /** Computes the largest subexpressions of `expr` that depend only on arguments in `stays`. */
  hoist(expr: Expr, args: Arguments, out: DType, stays: (index: number) => boolean): void {
    const fixed = (part: Expr): boolean =>
      part.op === 'arg' ? stays(part.index) : part.op === 'literal' || part.args.every(fixed);
    const visit = (part: Expr, context: DType): void => {
      if (part.op === 'arg' || part.op === 'literal') return;
      if (fixed(part)) return void this.#walk(part, context, args);
      const dtype = exprDType(part, args.dtypes) ?? context;
      part.args.forEach((a, i) => visit(a, operandContext(part, i, dtype, args.dtypes)));
    };
    visit(expr, out);
  }

  #walk(part: Expr, context: DType, args: Arguments): Named {
    if (part.op === 'arg') return { register: args.registers[part.index]!, name: args.names[part.index]! };
    const dtype = exprDType(part, args.dtypes) ?? context;
    if (part.op === 'literal') return { register: constant(this.l, dtype, part.value), name: part.key };
    const operands = part.args.map((a, i) => this.#walk(a, operandContext(part, i, dtype, args.dtypes), args));
    const key = `${dtype} ${part.op} ${operands.map(({ name }) => name).join()}`;
    const found = this.#known.get(key);
    if (found) return found;
    const register = keep(
      this.f,
      this.#operation(
        part,
        operands.map((operand) => operand.register),
        dtype,
        args.dtypes,
      ),
    );
    const made = { register, name: `t${this.#known.size}` };
    this.#known.set(key, made);
    return made;
  }

  #operation(part: Operation, operands: readonly Register[], dtype: DType, dtypes: readonly DType[]): Register {
    const { f, l } = this;
    if (part.op === 'cast') return convert(f, l, operands[0]!, operandContext(part, 0, dtype, dtypes), part.dtype);
    if (part.op === 'select') {
      const [condition, yes, no] = operands;
      return dtype === 'float32'
        ? l.select(condition as Mask, yes as Floats, no as Floats)
        : l.selectInts(condition as Mask, yes as Ints, no as Ints);
    }
    const operand = operandContext(part, 0, dtype, dtypes);
    if (operand === 'float32') return this.#floats(part.op, operands as Floats[]);
    // `map` accepts no other operations on these dtypes.
    if (operand === 'bool') return boolOps[part.op as BooleanOp](l, operands[0] as Mask, operands[1] as Mask);
    return intOps[part.op as IntegerOp](l, operands[0] as Ints, operands[1] as Ints, f);
  }

  #floats(op: Exclude<ScalarOp, 'select'>, [a, b]: readonly Floats[]): Register {
    const { f, l } = this;
    if (isInstruction(op)) return floatOps[op](l, a!, b!);
    const vector = vectorMath[op as HostFunction];
    const ref = this.target.host(op as HostFunction);
    const call = (...lane: Value<'f32'>[]): Value<'f32'> => f32.demote(callValue('f64', ref, lane.map(f64.promote)));
    return vector ? vector(f, l, a!, call) : l.each(f, ref.params.length === 2 ? [a!, b!] : [a!], call);
  }
}

/** Code for each operation on int32. `floor`, `ceil` and `round` leave integers as they are. */
const intOps: Readonly<Record<IntegerOp, (l: Lanes, a: Ints, b: Ints, f: FunctionBuilder) => Register>> = {
  add: ({ ints }, a, b) => ints.add(a, b),
  sub: ({ ints }, a, b) => ints.sub(a, b),
  mul: ({ ints }, a, b) => ints.mul(a, b),
  mod: (l, a, b, f) => l.eachInt(f, [a, b], floorMod),
  max: ({ ints }, a, b) => ints.max(a, b),
  min: ({ ints }, a, b) => ints.min(a, b),
  eq: ({ ints }, a, b) => ints.eq(a, b),
  lt: ({ ints }, a, b) => ints.lt(a, b),
  le: ({ ints }, a, b) => ints.le(a, b),
  neg: ({ ints }, a) => ints.sub(ints.const(0), a),
  abs: (l, a) => l.selectInts(l.ints.lt(a, l.ints.const(0)), l.ints.sub(l.ints.const(0), a), a),
  sign: ({ ints }, a) => ints.max(ints.min(a, ints.const(1)), ints.const(-1)),
  floor: (_, a) => a,
  ceil: (_, a) => a,
  round: (_, a) => a,
};

const boolOps: Readonly<Record<BooleanOp, (l: Lanes, a: Mask, b: Mask) => Mask>> = {
  and: (l, a, b) => l.and(a, b),
  or: (l, a, b) => l.or(a, b),
  not: (l, a) => l.not(a),
  eq: (l, a, b) => l.not(l.or(l.and(a, l.not(b)), l.and(b, l.not(a)))),
};

const floatOps: Readonly<Record<InstructionOp, (l: Lanes, a: Floats, b: Floats) => Register>> = {
  add: (l, a, b) => l.add(a, b),
  sub: (l, a, b) => l.sub(a, b),
  mul: (l, a, b) => l.mul(a, b),
  div: (l, a, b) => l.div(a, b),
  max: (l, a, b) => l.max(a, b),
  min: (l, a, b) => l.min(a, b),
  eq: (l, a, b) => l.eq(a, b),
  lt: (l, a, b) => l.lt(a, b),
  le: (l, a, b) => l.le(a, b),
  neg: (l, a) => l.neg(a),
  abs: (l, a) => l.abs(a),
  sign: (l, a) => l.select(l.lt(a, l.const(0)), l.const(-1), l.select(l.lt(l.const(0), a), l.const(1), a)),
  sqrt: (l, a) => l.sqrt(a),
  floor: (l, a) => l.floor(a),
  ceil: (l, a) => l.ceil(a),
  round: (l, a) => l.nearest(a),
};

function isInstruction(op: string): op is InstructionOp {
  return Object.hasOwn(floatOps, op);
}

/**
 * The remainder with the sign of the divisor. The remainder of a division by 0 is 0, the integer that NaN converts to.
 */
function floorMod(a: I32, b: I32): I32 {
  const zero = i32.eqz(b);
  const rest = i32.remS(a, i32.select(i32.or(zero, i32.eq(b, i32.const(-1))), i32.const(1), b));
  const other = i32.and(i32.ne(rest, i32.const(0)), i32.ltS(i32.xor(rest, b), i32.const(0)));
  return i32.select(zero, i32.const(0), i32.add(rest, i32.select(other, b, i32.const(0))));
}

/** Converts toward zero, modulo 2³². NaN, infinities and every float32 of 2⁶³ or more become 0. */
function wrapped(f: FunctionBuilder, lane: Value<'f32'>): I32 {
  const x = f.let(lane);
  return i32.select(f32.lt(x, f32.const(2 ** 63)), i32.truncateWrapF32(x), i32.const(0));
}

/** The same for each lane: all at once, unless one is beyond the integers of 32 bits. */
function toWrappedInts(f: FunctionBuilder, l: Lanes, x: Floats): Ints {
  const value = f.let(x);
  const oneByOne = (): Ints => l.asInts(l.each(f, [value], (lane) => f32.reinterpretI32(wrapped(f, lane))));
  if (l.width === 1) return oneByOne();
  const result = f.let(l.toInts(value));
  f.if(l.any(l.le(l.const(2 ** 31), l.abs(value))), () => f.set(result, oneByOne()));
  return result;
}

function convert(f: FunctionBuilder, l: Lanes, x: Register, from: DType, to: DType): Register {
  if (from === to) return x;
  if (to === 'bool') return from === 'float32' ? l.ne(x as Floats, l.const(0)) : l.fromBools(x as Ints);
  const ints =
    from === 'bool' ? l.toBools(x as Mask) : from === 'float32' ? toWrappedInts(f, l, x as Floats) : (x as Ints);
  if (to === 'float32') return l.toFloats(ints);
  return to === 'uint8' ? l.ints.and(ints, l.ints.const(255)) : ints;
}

/** The dtype that the operation gives to operand `i` if the operand is a literal, which has no dtype of its own. */
function operandContext(part: Operation, i: number, dtype: DType, dtypes: readonly DType[]): DType {
  if (part.op === 'cast') return exprDType(part.args[0], dtypes) ?? part.dtype;
  if (part.op === 'select') return i === 0 ? 'bool' : dtype;
  return operandDType(part, dtypes, dtype) ?? 'float32';
}
