import { DTypeError, showValue } from '@chainrule/errors';
import { aFunction, refuse } from '@chainrule/errors/check';
import { checkSameDType } from '../array/checkDType.ts';
import { allocate, type DType, type TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { broadcastShapes, broadcastStrides } from '../array/shape.ts';
import { isTensor, type Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';
import { arg, type Expr, exprDType, literal } from '../expr/expr.ts';
import { compileLoop } from '../expr/loop.ts';
import type { ScalarOp } from '../expr/scalar.ts';
import type { LoopShape } from '../expr/loopShape.ts';

/**
 * Node `map`: applies a scalar expression to each element. Inputs broadcast as in NumPy; the dtype of the result is
 * that of the expression. Dtypes are not promoted implicitly: the operands of an operation have the same dtype. A number
 * takes the dtype of the other operand.
 *
 * @param build - builds the expression from one argument for each operand
 * @example
 * map((v, w) => scalar.mul(v, w), [tensor([2, 3]), 10]).toArray(); // => 20,30
 */
export function map(build: (...args: Expr[]) => Expr, operands: readonly (Tensor | number)[]): Tensor {
  aFunction('map', 'build', build);
  if (!Array.isArray(operands)) refuse('map', 'operands', 'a list of tensors and numbers', operands);
  const inputs = (operands as readonly (Tensor | number)[]).filter((x) => typeof x !== 'number');
  if (inputs.length === 0)
    throw new DTypeError(`${opName()}: expects at least one tensor, got ${operands.map(showValue).join(' and ')}`);
  let at = 0;
  return mapNode(build(...operands.map((x) => (typeof x === 'number' ? literal(x) : arg(at++)))), inputs);
}

/** Node `map` of an existing expression. */
export function mapNode(expr: Expr, inputs: readonly Tensor[]): Tensor {
  const op = opName();
  for (const x of inputs) {
    if (!isTensor(x)) throw new DTypeError(`${op}: expects tensors, got ${showValue(x)}`);
  }
  const dtypes = inputs.map((x) => x.dtype);
  checkDTypes(op, expr, dtypes);
  if (dtypes.includes('int32')) checkLiterals(op, expr, dtypes);
  const shape = inputs.map((x): readonly number[] => x.shape).reduce((a, b) => broadcastShapes(op, a, b));
  const dtype = exprDType(expr, dtypes);
  if (!dtype)
    throw new DTypeError(
      `${op}: expects a tensor that gives the result its dtype, got numbers; name one with \`cast\``,
    );
  return emit('map', { expr }, inputs, [{ shape, dtype }], evaluateMap)[0]!;
}

/** Scalar operations that `map` accepts on int32. A backend needs code for each of them. */
export type IntegerOp =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'add'
  | 'sub'
  | 'mul'
  | 'mod'
  | 'max'
  | 'min'
  | 'eq'
  | 'lt'
  | 'le';
/** Scalar operations that `map` accepts on bool. */
export type BooleanOp = 'eq' | 'and' | 'or' | 'not';

const integerOps: readonly IntegerOp[] = [
  'neg',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'add',
  'sub',
  'mul',
  'mod',
  'max',
  'min',
  'eq',
  'lt',
  'le',
];
const booleanOps: readonly BooleanOp[] = ['eq', 'and', 'or', 'not'];

/** Throws if the operands of an operation differ in dtype, or if the operation is not defined for their dtype. */
function checkDTypes(op: string, expr: Expr, args: readonly DType[]): void {
  if (expr.op === 'arg' || expr.op === 'literal') return;
  for (const operand of expr.args) checkDTypes(op, operand, args);
  if (expr.op === 'cast') return;
  const operands = expr.op === 'select' ? expr.args.slice(1) : expr.args;
  const condition = expr.op === 'select' ? exprDType(expr.args[0]!, args) : 'bool';
  if (condition && condition !== 'bool')
    throw new DTypeError(`${op}: \`condition\` must be bool, got ${condition}; compare it or convert it with \`cast\``);
  const found = operands.map((a) => exprDType(a, args)).filter((d) => d !== undefined);
  const [dtype] = found;
  const other = found.find((d) => d !== dtype);
  if (other) checkSameDType(op, dtype!, other);
  if (dtype === 'uint8') throw new DTypeError(`${op}: uint8 is for storage; convert it with \`cast\` first`);
  const isLogic = ['and', 'or', 'not'].includes(expr.op);
  const allowed =
    dtype === 'int32'
      ? isOneOf(integerOps, expr.op)
      : dtype === 'bool'
        ? isOneOf(booleanOps, expr.op)
        : !(dtype && isLogic);
  if (!allowed) {
    const expected = isLogic ? 'bool' : dtype === 'bool' ? 'a numeric dtype' : 'float32 or float64';
    throw new DTypeError(`${op}: expects ${expected}, got ${dtype}; convert it with \`cast\``);
  }
}

function isOneOf(ops: readonly ScalarOp[], op: ScalarOp): boolean {
  return op === 'select' || ops.includes(op);
}

/** Throws if a number is combined with int32 that int32 cannot hold. */
function checkLiterals(op: string, expr: Expr, args: readonly DType[]): void {
  if (expr.op === 'arg' || expr.op === 'literal') return;
  for (const operand of expr.args) checkLiterals(op, operand, args);
  const operands = expr.op === 'select' ? expr.args.slice(1) : expr.args;
  if (expr.op === 'cast' || !operands.some((x) => exprDType(x, args) === 'int32')) return;
  const odd = operands.flatMap(literalsIn).find((value) => value !== (value | 0));
  if (odd !== undefined)
    throw new DTypeError(`${op}: expects numbers that int32 can hold, got ${odd}; convert the tensor with \`cast\``);
}

/** The literals of an operand that take the dtype of the other operands. */
function literalsIn(expr: Expr): number[] {
  if (expr.op === 'literal') return [expr.value];
  return expr.op === 'select' ? expr.args.slice(1).flatMap(literalsIn) : [];
}

/** Evaluates a node of kind `map`. */
export function evaluateMap(node: NodeOf<'map'>, inputs: readonly TypedArray[]): TypedArray[] {
  const { shape, dtype } = node.types[0]!;
  const out = allocate(dtype, shape, node.op);
  if (out.length > 0) {
    const loop = mergeAxes(
      shape,
      node.inputs.map((x) => x.shape),
    );
    compileLoop(
      node.attrs.expr,
      node.inputs.map((x) => x.dtype),
      dtype,
      loop,
    )(out, inputs, loop.sizes, loop.strides);
  }
  return [out];
}

/** Merges adjacent axes that are contiguous in every operand, and drops axes of size 1. */
function mergeAxes(shape: readonly number[], operands: readonly (readonly number[])[]): LoopShape {
  const full = operands.map((s) => broadcastStrides(s, shape));
  const sizes: number[] = [];
  const strides: number[][] = operands.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const n = shape[axis]!;
    if (n === 1) continue;
    const last = sizes.length - 1;
    if (last >= 0 && full.every((s, i) => strides[i]![last] === s[axis]! * n)) {
      sizes[last]! *= n;
      strides.forEach((s, i) => (s[last] = full[i]![axis]!));
    } else {
      sizes.push(n);
      strides.forEach((s, i) => s.push(full[i]![axis]!));
    }
  }
  return sizes.length > 0 ? { sizes, strides } : { sizes: [1], strides: operands.map(() => [0]) };
}
