import { allocate, type DType } from '../array/dtype.ts';
import { type Expr, exprDType, operandDType } from './expr.ts';
import type { Loop } from './loopShape.ts';
import { scalarOps } from './scalar.ts';

/** Builds the loop from one closure for each operation, without generating code. */
export function closureLoop(expr: Expr, args: readonly DType[], out: DType): Loop {
  const element = compileClosure(expr, args, out);
  return (result, operands, sizes, strides) => {
    const x = new Array<number>(operands.length);
    const index = new Array<number>(sizes.length).fill(0);
    for (let o = 0; o < result.length; o++) {
      for (let i = 0; i < operands.length; i++) {
        let at = 0;
        for (let axis = 0; axis < sizes.length; axis++) at += index[axis]! * strides[i]![axis]!;
        x[i] = operands[i]![at]!;
      }
      result[o] = element(x);
      for (let axis = sizes.length - 1; axis >= 0 && ++index[axis]! === sizes[axis]; axis--) index[axis] = 0;
    }
  };
}

type Element = (x: readonly number[]) => number;

const roundings = new Map<DType, (x: number) => number>();

/** Rounds to a dtype exactly as storing into a typed array does. */
function rounding(dtype: DType | undefined): (x: number) => number {
  if (dtype === 'float32') return Math.fround;
  if (dtype === undefined || dtype === 'float64') return (x) => x;
  if (dtype === 'bool') return (x) => (x !== 0 ? 1 : 0);
  let found = roundings.get(dtype);
  if (!found) {
    const cell = allocate(dtype, 1);
    found = (x) => {
      cell[0] = x;
      return cell[0];
    };
    roundings.set(dtype, found);
  }
  return found;
}

function compileClosure(expr: Expr, args: readonly DType[], context: DType | undefined): Element {
  if (expr.op === 'arg') {
    const { index } = expr;
    return (x) => x[index]!;
  }
  if (expr.op === 'literal') {
    const value = context === 'float32' ? Math.fround(expr.value) : expr.value;
    return () => value;
  }
  const dtype = exprDType(expr, args) ?? context;
  const round = rounding(dtype);
  if (expr.op === 'cast') {
    const inner = compileClosure(expr.args[0], args, undefined);
    return (x) => round(inner(x));
  }
  if (expr.op === 'select') {
    const [condition, a, b] = [
      compileClosure(expr.args[0]!, args, undefined),
      compileClosure(expr.args[1]!, args, dtype),
      compileClosure(expr.args[2]!, args, dtype),
    ];
    return (x) => (condition(x) ? a(x) : b(x));
  }
  const operand = operandDType(expr, args, dtype);
  const [a, b] = expr.args.map((e) => compileClosure(e, args, operand));
  if (expr.op === 'mul' && dtype === 'int32') return (x) => Math.imul(a!(x), b!(x));
  const apply = scalarOps[expr.op];
  return b ? (x) => round(apply(a!(x), b(x))) : (x) => round(apply(a!(x), 0));
}
