import { byteSize } from '@chainrule/tensor/graph';
import { type FunctionBuilder, i32, type I32, type Local } from '../asm/index.ts';
import type { Target } from '../kernels/common/kernel.ts';
import { maxFloatAdditions } from '../kernels/common/partition.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { type Arguments, ExpressionPrinter, type Known } from './expression.ts';
import { accumulate, finish, flush, rounds, storeTotal, type Total, totals, valueOf } from './reduction.ts';
import { load, loadOne, loadStrided, keep, type Register, store, storeStrided } from './registers.ts';
import type { LoopSpec, Operand } from './spec.ts';

/** Pointers for the operands: inputs, stores, reductions. */
type Pointers = readonly Local<'i32'>[];

/** Values that do not change along a line: registers of inputs, and parts of expressions. */
interface Hoisted {
  readonly registers: ReadonlyMap<number, Register>;
  readonly known: Known;
}

/** A reduced axis in blocks. Totals are flushed after each block. */
interface Blocks {
  readonly axis: number;
  readonly size: number;
}

/** Writes the loop nest. */
export class LoopWriter {
  private readonly operands: readonly Operand[];
  private readonly inner: number;
  private readonly firstStore: number;
  private readonly firstReduce: number;
  /** The size of the current part along the axis that is split. */
  private partSize: I32 | undefined;

  constructor(
    private readonly f: FunctionBuilder,
    private readonly target: Target,
    private readonly spec: LoopSpec,
  ) {
    this.operands = [...spec.inputs, ...spec.stores, ...spec.reduces];
    this.inner = spec.axes.length - 1;
    this.firstStore = spec.inputs.length;
    this.firstReduce = this.firstStore + spec.stores.length;
  }

  /** Computes elements `from` up to but not including `to` of a loop of one axis. */
  flat(bases: Pointers, from: I32, to: I32): void {
    const { f } = this;
    const pointers = bases.map((base, i) => f.let(i32.add(base, i32.mul(from, i32.const(this.step(i))))));
    f.if(i32.ltS(from, to), () => this.wholeFlat(pointers, f.let(i32.sub(to, from))));
  }

  /** Computes all elements of a loop of one axis, each once, because a result may overwrite an input. */
  wholeFlat(pointers: Pointers, count: number | I32): void {
    this.line(pointers, count, () => [], false);
  }

  /** Computes rows `from` up to but not including `to`, each with its reduced axes and the innermost axis. */
  rows(bases: Pointers, from: I32, to: I32): void {
    const { f } = this;
    const kept = this.outer(false);
    const [row, rest] = f.locals('i32', 2);
    const pointers = f.locals('i32', bases.length);
    f.for(row, from, to, 1, () => {
      pointers.forEach((p, i) => f.set(p, bases[i]!));
      f.set(rest, row);
      for (const axis of [...kept].reverse()) {
        const { size } = this.spec.axes[axis]!;
        const position = axis === kept[0] ? rest : f.let(i32.remU(rest, i32.const(size)));
        pointers.forEach(
          (p, i) => this.step(i, axis) !== 0 && f.increase(p, i32.mul(position, i32.const(this.step(i, axis)))),
        );
        if (axis !== kept[0]) f.set(rest, i32.divU(rest, i32.const(size)));
      }
      if (this.spec.split) this.partSize = this.sizeOfPart(rest, this.spec.split);
      this.row(pointers);
    });
  }

  private row(pointers: Pointers): void {
    const { reduces, axes } = this.spec;
    const inner = axes[this.inner] ?? { size: 1, reduced: reduces.length > 0 };
    if (reduces.length === 0) this.line(pointers, inner.size, () => []);
    else if (inner.reduced) this.reduceLines(pointers, this.size(this.inner));
    else this.reduceColumns(pointers, inner.size);
  }

  /** The size of a part. The last part has the rest. */
  private sizeOfPart(part: I32, { axis, total }: NonNullable<LoopSpec['split']>): I32 {
    const size = i32.const(this.spec.axes[axis]!.size);
    const left = this.f.let(i32.sub(i32.const(total), i32.mul(part, size)));
    return this.f.let(i32.select(i32.ltS(left, size), left, size));
  }

  private size(axis: number): number | I32 {
    return (this.spec.split?.axis === axis && this.partSize) || (this.spec.axes[axis]?.size ?? 1);
  }

  /** The outer axes that are reduced, or those that are not. */
  private outer(reduced: boolean): number[] {
    return this.spec.axes.map((_, i) => i).filter((i) => i !== this.inner && this.spec.axes[i]!.reduced === reduced);
  }

  /** Byte stride of operand `i` along an axis; 0 for a loop without axes. */
  private step(i: number, axis: number = this.inner): number {
    const { strides, dtype } = this.operands[i]!;
    return (strides[axis] ?? 0) * byteSize(dtype);
  }

  /**
   * Visits several vectors at a time, then one, then single elements. `body` gets pointers to the first element. Three
   * single elements take as long as three vectors, so if elements may be computed twice, the end of a row is a vector
   * that overlaps the one before.
   */
  private sections(
    pointers: Pointers,
    count: number | I32,
    most: number,
    mayOverlap: boolean,
    before: (l: Lanes, vectors: number) => (at: Pointers) => void,
  ): void {
    const { f, target } = this;
    const { width } = target.vector;
    const moving = pointers.map((p) => f.let(p));
    const section = (l: Lanes, vectors: number, of: number | I32): void => {
      if (of === 0) return;
      const times = typeof of === 'number' ? of : f.let(of);
      const iterations = (): void => {
        const body = before(l, vectors);
        f.for(f.local('i32'), 0, times, 1, () => {
          body(moving);
          moving.forEach((p, i) => f.increase(p, vectors * l.width * this.step(i)));
        });
      };
      if (typeof times === 'number') iterations();
      else f.if(times, iterations);
    };
    const divide = (a: number | I32, b: number): number | I32 =>
      typeof a === 'number' ? Math.floor(a / b) : i32.divU(a, i32.const(b));
    const modulo = (a: number | I32, b: number): number | I32 =>
      typeof a === 'number' ? a % b : i32.remU(a, i32.const(b));
    section(target.vector, most, divide(count, most * width));
    if (most > 1) section(target.vector, 1, divide(modulo(count, most * width), width));
    const rest = modulo(count, width);
    if (mayOverlap && typeof count === 'number' && count > width && rest !== 0) {
      moving.forEach((p, i) => f.increase(p, ((rest as number) - width) * this.step(i)));
      section(target.vector, 1, 1);
    } else if (width > 1) section(target.scalar, 1, rest);
  }

  /**
   * Computes elements along the innermost axis. `totalsOf` gives the totals of a section, for each vector of an
   * iteration.
   */
  private line(
    pointers: Pointers,
    count: number | I32,
    totalsOf: (vectors: number, l: Lanes) => readonly (readonly Total[])[],
    mayOverlap = this.spec.reduces.length === 0,
  ): void {
    this.sections(pointers, count, this.unrolled(), mayOverlap, (l, vectors) => {
      const hoisted = this.hoist(l, 1, pointers, (i) => this.step(i) === 0)[0]!;
      const sums = totalsOf(vectors, l);
      return (at) => {
        for (let v = 0; v < vectors; v++)
          this.elements(
            l,
            v,
            at,
            hoisted,
            sums.map((list) => list[v]!),
          );
      };
    });
  }

  /** The number of vectors in an iteration. It is smaller if the expressions have many operations. */
  private unrolled(): number {
    const work = this.spec.computed.reduce((sum, { expr }) => sum + expr.key.length, 0);
    return work > 200 ? 1 : work > 60 ? 2 : 4;
  }

  /** Reduces along the innermost axis. Each vector of an iteration has a total; the end of the row combines them. */
  private reduceLines(pointers: Pointers, count: number | I32): void {
    const { f, target, spec } = this;
    const { vector, scalar } = target;
    const lanes = vector.width * this.unrolled();
    const blocks = this.blocks(lanes);
    const vectors = spec.reduces.map((r) => totals(f, vector, r, this.unrolled(), blocks !== undefined));
    const rests = spec.reduces.map((r) => totals(f, scalar, r, 1, blocks !== undefined)[0]!);
    const flushAll = (): void => {
      for (const total of vectors.flat()) flush(f, vector, total);
      for (const total of rests) flush(f, scalar, total);
    };
    const line = (at: Pointers, length: number | I32): void =>
      this.line(at, length, (_, l) => (l === vector ? vectors : rests.map((rest) => [rest])));
    this.nest(this.outer(true), pointers, { blocks, flushAll }, (at) => {
      if (blocks?.axis !== this.inner) return line(at, count);
      const moving = at.map((p) => f.let(p));
      inBlocks(f, count, blocks.size, (length) => {
        line(moving, length);
        flushAll();
        moving.forEach((p, i) => f.increase(p, i32.mul(length, i32.const(this.step(i)))));
      });
    });
    spec.reduces.forEach((r, i) =>
      f.add(
        storeTotal(scalar, r, pointers[this.firstReduce + i]!, finish(f, vector, scalar, r, vectors[i]!, rests[i]!)),
      ),
    );
  }

  /** Reduces along outer axes. Several adjacent columns at a time keep their totals in registers. */
  private reduceColumns(pointers: Pointers, count: number): void {
    const { f, spec } = this;
    const axes = this.outer(true);
    const blocks = this.blocks(undefined);
    const stays = (i: number): boolean => axes.every((axis) => this.step(i, axis) === 0);
    const held = spec.reduces.length + spec.inputs.filter((_, i) => stays(i)).length;
    this.sections(
      pointers,
      count,
      adjacent(Math.floor(count / this.target.vector.width), Math.max(1, Math.min(8, Math.floor(12 / held)))),
      true,
      (l, vectors) => (at) => {
        const hoisted = this.hoist(l, vectors, at, stays);
        const sums = spec.reduces.map((r) => totals(f, l, r, vectors, blocks !== undefined));
        const flushAll = (): void => sums.flat().forEach((total) => flush(f, l, total));
        this.nest(axes, at, { blocks, flushAll }, (inside) => {
          for (let v = 0; v < vectors; v++)
            this.elements(
              l,
              v,
              inside,
              hoisted[v]!,
              sums.map((list) => list[v]!),
            );
        });
        spec.reduces.forEach((r, i) =>
          sums[i]!.forEach((total, v) =>
            f.add(storeTotal(l, r, at[this.firstReduce + i]!, valueOf(f, l, total), v * l.width * byteSize(r.dtype))),
          ),
        );
      },
    );
  }

  /**
   * The axis that is reduced in blocks, and the size of a block. After each block, totals are flushed, so that none
   * takes too many additions. Undefined if all axes are short.
   *
   * @param lanes - elements along the innermost axis that are added at once, if that axis is reduced
   */
  private blocks(lanes: number | undefined): Blocks | undefined {
    const { axes, reduces } = this.spec;
    if (!reduces.some(rounds)) return undefined;
    let additions = 1;
    if (lanes !== undefined) {
      const size = axes[this.inner]?.size ?? 1;
      if (size > maxFloatAdditions * lanes) return { axis: this.inner, size: maxFloatAdditions * lanes };
      additions = Math.ceil(size / lanes) + 3;
    }
    for (const axis of this.outer(true).reverse()) {
      const { size } = axes[axis]!;
      if (additions * size > maxFloatAdditions)
        return { axis, size: Math.max(1, Math.floor(maxFloatAdditions / additions)) };
      additions *= size;
    }
    return undefined;
  }

  private nest(
    axes: readonly number[],
    pointers: Pointers,
    flushing: { readonly blocks: Blocks | undefined; readonly flushAll: () => void },
    body: (at: Pointers) => void,
  ): void {
    const [axis, ...rest] = axes;
    if (axis === undefined) return body(pointers);
    const { f } = this;
    const moving = pointers.map((p) => f.let(p));
    const iterations = (count: number | I32): void =>
      f.for(f.local('i32'), 0, count, 1, () => {
        this.nest(rest, moving, flushing, body);
        moving.forEach((p, i) => f.increase(p, this.step(i, axis)));
      });
    if (flushing.blocks?.axis !== axis) return iterations(this.size(axis));
    inBlocks(f, this.size(axis), flushing.blocks.size, (count) => {
      iterations(count);
      flushing.flushAll();
    });
  }

  /**
   * Loads, for each of several adjacent vectors, the inputs that do not change, and computes what depends only on them.
   */
  private hoist(l: Lanes, vectors: number, pointers: Pointers, stays: (input: number) => boolean): Hoisted[] {
    const { f, spec, target } = this;
    const fixed = spec.inputs.map((_, i) => i).filter(stays);
    return Array.from({ length: vectors }, (_, v) => {
      const registers = new Map<number, Register>(fixed.map((i) => [i, keep(f, this.input(l, i, v, pointers))]));
      const printer = new ExpressionPrinter(f, l, target);
      const value = (i: number): Register => registers.get(i) ?? l.const(0);
      for (const { expr, args, dtype } of spec.computed)
        printer.hoist(expr, this.arguments(args, value), dtype, (k) => registers.has(args[k]!));
      return { registers, known: printer.known };
    });
  }

  private input(l: Lanes, i: number, v: number, pointers: Pointers): Register {
    const { dtype } = this.spec.inputs[i]!;
    const [at, step] = [pointers[i]!, this.step(i)];
    const offset = v * l.width * step;
    if (step === 0) return loadOne(l, dtype, at);
    if (step === byteSize(dtype)) return load(l, dtype, at, offset);
    return loadStrided(this.f, l, dtype, i32.add(at, i32.const(offset)), step);
  }

  /**
   * Stores a value. If the result is part of a larger tensor, elements along the innermost axis may not be adjacent.
   */
  private store(l: Lanes, i: number, v: number, pointers: Pointers, value: Register): void {
    const { dtype } = this.operands[i]!;
    const [at, step] = [pointers[i]!, this.step(i)];
    const offset = v * l.width * step;
    if (step === byteSize(dtype)) this.f.add(store(l, dtype, at, value, offset));
    else storeStrided(this.f, l, dtype, i32.add(at, i32.const(offset)), value, step);
  }

  private arguments(args: readonly number[], value: (i: number) => Register): Arguments {
    const { inputs, computed } = this.spec;
    return {
      registers: args.map(value),
      dtypes: args.map((i) => (i < inputs.length ? inputs[i]!.dtype : computed[i - inputs.length]!.dtype)),
      names: args.map((i) => `v${i}`),
    };
  }

  /** Loads, computes and stores one element in each lane, and adds it to the totals. */
  private elements(l: Lanes, v: number, pointers: Pointers, hoisted: Hoisted, sums: readonly Total[]): void {
    const { f, spec } = this;
    const values = spec.inputs.map((_, i) => hoisted.registers.get(i) ?? keep(f, this.input(l, i, v, pointers)));
    const printer = new ExpressionPrinter(f, l, this.target, hoisted.known);
    for (const { expr, args, dtype } of spec.computed)
      values.push(
        keep(
          f,
          printer.print(
            expr,
            this.arguments(args, (i) => values[i]!),
            dtype,
          ),
        ),
      );
    spec.stores.forEach(({ value }, i) => this.store(l, this.firstStore + i, v, pointers, values[value]!));
    spec.reduces.forEach((r, i) => accumulate(f, l, r, sums[i]!, values[r.value]!));
  }
}

/** Runs `body` for `count` iterations (at least one), in blocks of at most `size`. */
function inBlocks(
  f: FunctionBuilder,
  count: number | I32,
  size: number,
  body: (iterations: Local<'i32'>) => void,
): void {
  const left = f.let(typeof count === 'number' ? i32.const(count) : count);
  const iterations = f.local('i32');
  f.loop((again) => {
    f.set(iterations, i32.select(i32.ltS(left, i32.const(size)), left, i32.const(size)));
    body(iterations);
    f.set(left, i32.sub(left, iterations));
    f.brIf(again, left);
  });
}

/** The number of vectors in an iteration over `count` vectors: at most `most`, and a divisor of `count` if possible. */
function adjacent(count: number, most: number): number {
  for (let vectors = most; vectors > most / 2; vectors--) if (count % vectors === 0) return vectors;
  return Math.max(1, Math.min(most, count));
}
