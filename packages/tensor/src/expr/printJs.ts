import { allocate, type DType, type TypedArray } from '../core/dtype.ts';
import { type Expr, exprDType, isPredicate } from './expr.ts';
import { scalarOps } from './scalar.ts';

/**
 * How a loop walks its operands: the sizes of its nested axes, and for each operand its stride along each. Adjacent
 * axes that every operand crosses in the same way are one.
 */
export interface LoopShape {
  readonly sizes: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** Fills `out`, row-major over `sizes`, with the expression of the operands. */
type Loop = (out: TypedArray, operands: readonly TypedArray[], sizes: readonly number[], strides: readonly (readonly number[])[]) => void;

const infix: Record<string, string> = { add: '+', sub: '-', mul: '*', div: '/', eq: '===', lt: '<', le: '<=', and: '&', or: '|' };
const known: Record<string, string> = {
  abs: 'Math.abs', floor: 'Math.floor', ceil: 'Math.ceil', sign: 'Math.sign', exp: 'Math.exp', log: 'Math.log',
  log1p: 'Math.log1p', expm1: 'Math.expm1', sqrt: 'Math.sqrt', sin: 'Math.sin', cos: 'Math.cos', asin: 'Math.asin',
  acos: 'Math.acos', atan: 'Math.atan', tanh: 'Math.tanh', pow: 'Math.pow', max: 'Math.max', min: 'Math.min',
};

/** What the operands of an operation are rounded to; numbers that are compared with numbers stay float64. */
function operandDType(expr: { op: string; args: readonly Expr[] }, args: readonly DType[], dtype: DType | undefined): DType | undefined {
  const found = expr.args.map((a) => exprDType(a, args)).find((d) => d !== undefined);
  return found ?? (isPredicate(expr.op) ? undefined : dtype);
}

/** JavaScript source that rounds a number to `dtype`; every scalar operation is rounded, so fusing changes no bit. */
function rounded(source: string, dtype: DType | undefined): string {
  if (dtype === 'float32') return `Math.fround(${source})`;
  if (dtype === 'int32') return `(${source})|0`;
  if (dtype === 'uint8') return `(${source})&255`;
  return source;
}

function converted(source: string, from: DType | undefined, to: DType): string {
  if (from === to) return source;
  if (to === 'bool') return `(${source})!==0?1:0`;
  return rounded(to === 'int32' || to === 'uint8' ? `Math.trunc(${source})` : source, to);
}

/** Statements that compute the distinct parts of an expression once each, in order. */
class Printer {
  readonly lines: string[] = [];
  private readonly names = new Map<string, string>();

  constructor(private readonly args: readonly DType[]) {}

  /** The name of a constant that holds `expr`, or its source where that is as short. */
  print(expr: Expr, context?: DType): string {
    if (expr.op === 'arg') return `x${expr.index}`;
    if (expr.op === 'literal') return literalSource(expr.value, context);
    const dtype = exprDType(expr, this.args) ?? context;
    const key = `${expr.key}:${dtype}`;
    const found = this.names.get(key);
    if (found) return found;
    const source = this.source(expr, dtype);
    const name = `t${this.names.size}`;
    this.names.set(key, name);
    this.lines.push(`const ${name}=${source};`);
    return name;
  }

  private source(expr: Exclude<Expr, { op: 'arg' | 'literal' }>, dtype: DType | undefined): string {
    if (expr.op === 'cast') {
      const [x] = expr.args;
      return converted(this.print(x), exprDType(x, this.args), expr.dtype);
    }
    if (expr.op === 'select') {
      const [condition, x, y] = expr.args;
      return `${this.print(condition!)}?${this.print(x!, dtype)}:${this.print(y!, dtype)}`;
    }
    const operand = operandDType(expr, this.args, dtype);
    const [x, y] = expr.args.map((a) => this.print(a, operand)) as [string, string];
    switch (expr.op) {
      case 'neg':
        return rounded(`-${x}`, dtype);
      case 'not':
        return `1-${x}`;
      case 'eq':
      case 'lt':
      case 'le':
        return `${x}${infix[expr.op]}${y}?1:0`;
      case 'mul':
        if (dtype === 'int32') return `Math.imul(${x},${y})`;
    }
    const operator = infix[expr.op];
    const call = operator ? `${x}${operator}${y}` : `${known[expr.op] ?? `f.${expr.op}`}(${y === undefined ? x : `${x},${y}`})`;
    return rounded(call, dtype);
  }
}

function literalSource(value: number, dtype: DType | undefined): string {
  const rounds = dtype === 'float32' ? Math.fround(value) : value;
  const source = Object.is(rounds, -0) ? '-0' : String(rounds);
  return rounds < 0 || Object.is(rounds, -0) ? `(${source})` : source;
}

function loopSource(expr: Expr, args: readonly DType[], out: DType, { sizes, strides }: LoopShape): string {
  const printer = new Printer(args);
  const value = converted(printer.print(expr, out), exprDType(expr, args) ?? out, out);
  const rank = sizes.length;
  const used = args.map((_, i) => i);
  const at = (i: number, axis: number): string => (axis < 0 ? '0' : `p${i}_${axis}`);
  const inner = rank - 1;
  let source = used.map((i) => `const a${i}=a[${i}];`).join('') + 'let o=0;';
  for (let axis = 0; axis < rank; axis++) {
    source += `for(let i${axis}=0`;
    for (const i of used) source += `,p${i}_${axis}=${at(i, axis - 1)}`;
    source += `;i${axis}<n[${axis}];i${axis}++`;
    for (const i of used) {
      if (axis === inner) source += strides[i]![axis] === 1 ? `,p${i}_${axis}++` : strides[i]![axis] === 0 ? '' : `,p${i}_${axis}+=s[${i}][${axis}]`;
      else source += `,p${i}_${axis}+=s[${i}][${axis}]`;
    }
    source += '){';
  }
  source += used.map((i) => `const x${i}=a${i}[${at(i, inner)}];`).join('');
  return `${source}${printer.lines.join('')}out[o++]=${value};${'}'.repeat(rank)}`;
}

const loops = new Map<string, Loop>();
let mayCompile: boolean | undefined;

/** Whether a content security policy allows `new Function`. */
function canCompile(): boolean {
  if (mayCompile === undefined) {
    try {
      mayCompile = new Function('return true')() === true;
    } catch {
      mayCompile = false;
    }
  }
  return mayCompile;
}

/** For tests of what runs under a strict content security policy. */
export function forbidCompilation(forbidden: boolean): void {
  mayCompile = forbidden ? false : undefined;
  loops.clear();
}

/** The loop that evaluates `expr`: printed once for each combination of expression, dtypes and way of walking. */
export function printLoop(expr: Expr, args: readonly DType[], out: DType, shape: LoopShape): Loop {
  const inner = shape.sizes.length - 1;
  const walk = shape.strides.map((s) => s[inner] ?? 0).join();
  const key = `${expr.key}|${args.join()}|${out}|${shape.sizes.length}|${walk}`;
  let loop = loops.get(key);
  if (!loop) {
    if (loops.size > 4096) loops.clear();
    loop = canCompile()
      ? (new Function('f', `return(out,a,n,s)=>{${loopSource(expr, args, out, shape)}}`)(scalarOps) as Loop)
      : closureLoop(expr, args, out);
    loops.set(key, loop);
  }
  return loop;
}

/** The same loop without generated code: a closure for each operation. */
function closureLoop(expr: Expr, args: readonly DType[], out: DType): Loop {
  const element = closure(expr, args, out);
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

const store = new Map<DType, (x: number) => number>();

/** Rounds to a dtype in the way in which a typed array stores. */
function storing(dtype: DType | undefined): (x: number) => number {
  if (dtype === 'float32') return Math.fround;
  if (dtype === undefined || dtype === 'float64') return (x) => x;
  if (dtype === 'bool') return (x) => (x !== 0 ? 1 : 0);
  let found = store.get(dtype);
  if (!found) {
    const cell = allocate(dtype, 1);
    found = (x) => {
      cell[0] = x;
      return cell[0];
    };
    store.set(dtype, found);
  }
  return found;
}

function closure(expr: Expr, args: readonly DType[], context: DType | undefined): Element {
  if (expr.op === 'arg') {
    const { index } = expr;
    return (x) => x[index]!;
  }
  if (expr.op === 'literal') {
    const value = context === 'float32' ? Math.fround(expr.value) : expr.value;
    return () => value;
  }
  const dtype = exprDType(expr, args) ?? context;
  const round = storing(dtype);
  if (expr.op === 'cast') {
    const inner = closure(expr.args[0], args, undefined);
    return (x) => round(inner(x));
  }
  if (expr.op === 'select') {
    const [condition, a, b] = [closure(expr.args[0]!, args, undefined), closure(expr.args[1]!, args, dtype), closure(expr.args[2]!, args, dtype)];
    return (x) => (condition(x) ? a(x) : b(x));
  }
  const operand = operandDType(expr, args, dtype);
  const [a, b] = expr.args.map((e) => closure(e, args, operand));
  if (expr.op === 'mul' && dtype === 'int32') return (x) => Math.imul(a!(x), b!(x));
  const apply = scalarOps[expr.op];
  return b ? (x) => round(apply(a!(x), b(x))) : (x) => round(apply(a!(x), 0));
}
