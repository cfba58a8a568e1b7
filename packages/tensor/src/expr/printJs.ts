import type { DType } from '../array/dtype.ts';
import { type Expr, exprDType, operandDType } from './expr.ts';
import type { LoopShape } from './loopShape.ts';
import { scalarOps } from './scalar.ts';

const operators: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  eq: '===',
  lt: '<',
  le: '<=',
  and: '&',
  or: '|',
};

/** The function of an operation. Engines inline those of `Math`; `f` holds the others. */
function functionName(op: string): string {
  const [ofMath, ours] = [Math, scalarOps].map((functions) => (functions as unknown as Record<string, unknown>)[op]);
  return `${ofMath === ours ? 'Math' : 'f'}.${op}`;
}

/** JavaScript source that rounds a number to `dtype`. Every scalar operation is rounded, so fusion changes no bit. */
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

/** Prints statements that compute each distinct subexpression once, in order. */
class Printer {
  readonly lines: string[] = [];
  private readonly names = new Map<string, string>();

  constructor(private readonly args: readonly DType[]) {}

  /** Returns the name of a constant that holds `expr`, or its source if that is as short. */
  print(expr: Expr, context?: DType): string {
    if (expr.op === 'arg') return `x${expr.index}`;
    if (expr.op === 'literal') return literalSource(expr.value, context);
    // Equal sources are equal values: they name their operands.
    const source = this.source(expr, exprDType(expr, this.args) ?? context);
    const found = this.names.get(source);
    if (found) return found;
    const name = `t${this.names.size}`;
    this.names.set(source, name);
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
        return `${x}${operators[expr.op]}${y}?1:0`;
      case 'mul':
        if (dtype === 'int32') return `Math.imul(${x},${y})`;
    }
    const operator = operators[expr.op];
    const call = operator ? `${x}${operator}${y}` : `${functionName(expr.op)}(${y === undefined ? x : `${x},${y}`})`;
    return rounded(call, dtype);
  }
}

function literalSource(value: number, dtype: DType | undefined): string {
  const rounds = dtype === 'float32' ? Math.fround(value) : value;
  const source = Object.is(rounds, -0) ? '-0' : String(rounds);
  return rounds < 0 || Object.is(rounds, -0) ? `(${source})` : source;
}

/**
 * The body of a function of `out`, the operands `a`, sizes `n` and strides `s` that fills `out`. `f` holds the
 * operations that `Math` does not have.
 */
export function loopSource(expr: Expr, args: readonly DType[], out: DType, { sizes, strides }: LoopShape): string {
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
      if (axis === inner)
        source +=
          strides[i]![axis] === 1
            ? `,p${i}_${axis}++`
            : strides[i]![axis] === 0
              ? ''
              : `,p${i}_${axis}+=s[${i}][${axis}]`;
      else source += `,p${i}_${axis}+=s[${i}][${axis}]`;
    }
    source += '){';
  }
  source += used.map((i) => `const x${i}=a${i}[${at(i, inner)}];`).join('');
  return `${source}${printer.lines.join('')}out[o++]=${value};${'}'.repeat(rank)}`;
}
