import {
  type Code,
  codeOf,
  type I32,
  type Statement,
  type TupleOf,
  typeCodes,
  unsigned,
  type Value,
  type ValueType,
} from './value.ts';
import { i32 } from './numeric.ts';

/** A function that can be called: its index, parameters and results. */
export interface FunctionRef {
  readonly index: number;
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A local variable, which is also the expression that reads it. */
export interface Local<out T extends ValueType = ValueType> extends Value<T> {
  readonly index: number;
}

/** The target of a branch: the end of a block, or the start of a loop. */
export interface Label {
  readonly depth: number;
}

/**
 * Writes one function. Statements go to the innermost open block; expressions are trees of `Value`s that are built with
 * the instructions of `numeric.ts` and `simd.ts`.
 */
export class FunctionBuilder {
  readonly params: Local[];
  readonly #types: ValueType[];
  #code: Code = '';
  #depth = 0;

  constructor(params: readonly ValueType[]) {
    this.#types = [...params];
    this.params = params.map((type, index) => local(type, index));
  }

  /** Declares a local. Its value is 0 at first. */
  local<T extends ValueType>(type: T): Local<T> {
    this.#types.push(type);
    return local(type, this.#types.length - 1);
  }

  locals<T extends ValueType, const N extends number>(type: T, count: N): TupleOf<Local<T>, N> {
    return Array.from({ length: count }, () => this.local(type)) as TupleOf<Local<T>, N>;
  }

  /** Declares a local and sets it to `value`. */
  let<T extends ValueType>(value: Value<T>): Local<T> {
    const made = this.local(value.type);
    this.set(made, value);
    return made;
  }

  /** Declares locals and sets them to `values`. */
  lets<const V extends readonly Value[]>(...values: V): { -readonly [I in keyof V]: Local<V[I]['type']> } {
    return values.map((value) => this.let(value)) as { -readonly [I in keyof V]: Local<V[I]['type']> };
  }

  add({ statement }: Statement): void {
    this.#code += statement;
  }

  /** Evaluates an expression for its side effect, and discards the value. */
  drop(value: Value): void {
    this.#code += value.code + codeOf(0x1a);
  }

  set<T extends ValueType>(to: Local<T>, value: Value<NoInfer<T>>): void {
    this.#code += value.code + codeOf(0x21) + unsigned(to.index);
  }

  /** Adds a constant to an address or a counter. */
  increase(counter: Local<'i32'>, by: number | I32): void {
    if (by !== 0) this.set(counter, i32.add(counter, typeof by === 'number' ? i32.const(by) : by));
  }

  /** Calls a function without a result. */
  call(ref: FunctionRef, args: readonly Value[]): void {
    this.#code += callCode(ref, args);
  }

  block(body: (exit: Label) => void): void {
    this.#nest(0x02, body);
  }

  loop(body: (again: Label) => void): void {
    this.#nest(0x03, body);
  }

  br(label: Label): void {
    this.#code += codeOf(0x0c) + unsigned(this.#depth - label.depth);
  }

  brIf(label: Label, condition: I32): void {
    this.#code += condition.code + codeOf(0x0d) + unsigned(this.#depth - label.depth);
  }

  if(condition: I32, yes: () => void, no?: () => void): void {
    this.#code += condition.code;
    this.#nest(0x04, () => {
      yes();
      if (!no) return;
      this.#code += codeOf(0x05);
      no();
    });
  }

  /**
   * Runs the body with `counter` from `from` up to but not including `to`. If both bounds are numbers, the code does
   * not test them before the first iteration.
   */
  for(counter: Local<'i32'>, from: I32 | number, to: I32 | number, step: number, body: () => void): void {
    if (typeof from === 'number' && typeof to === 'number' && from >= to) return;
    const [start, end] = [from, to].map((bound) => (typeof bound === 'number' ? i32.const(bound) : bound)) as [
      I32,
      I32,
    ];
    this.set(counter, start);
    const iterations = (): void =>
      this.loop((again) => {
        body();
        this.increase(counter, step);
        this.brIf(again, i32.ltS(counter, end));
      });
    if (typeof from === 'number' && typeof to === 'number') return iterations();
    this.block((exit) => {
      this.brIf(exit, i32.geS(counter, end));
      iterations();
    });
  }

  return(): void {
    this.#code += codeOf(0x0f);
  }

  /** Ends the program with a RuntimeError. */
  trap(): void {
    this.#code += codeOf(0x00);
  }

  /** Returns a value from the function. Must be the last statement. */
  result(value: Value): void {
    this.#code += value.code;
  }

  /** The entry of the function in the code section: its locals and its body. */
  body(): Code {
    const extra = this.#types.slice(this.params.length);
    const runs: [number, ValueType][] = [];
    for (const type of extra) {
      const last = runs.at(-1);
      if (last?.[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    const locals = runs.map(([count, type]) => unsigned(count) + codeOf(typeCodes[type])).join('');
    const body = unsigned(runs.length) + locals + this.#code + codeOf(0x0b);
    return unsigned(body.length) + body;
  }

  #nest(opcode: number, body: (label: Label) => void): void {
    this.#code += codeOf(opcode, 0x40);
    this.#depth++;
    body({ depth: this.#depth });
    this.#depth--;
    this.#code += codeOf(0x0b);
  }
}

/** An expression that calls a function with one result. */
export function callValue<T extends ValueType>(type: T, ref: FunctionRef, args: readonly Value[]): Value<T> {
  return { type, code: callCode(ref, args) };
}

/** An expression that stores a value in `to` and returns it. */
export function tee<T extends ValueType>(to: Local<T>, value: Value<NoInfer<T>>): Value<T> {
  return { type: to.type, code: value.code + codeOf(0x22) + unsigned(to.index) };
}

function callCode(ref: FunctionRef, args: readonly Value[]): Code {
  if (args.length !== ref.params.length)
    throw new RangeError(`function ${ref.index} takes ${ref.params.length} arguments, got ${args.length}`);
  return args.map((a) => a.code).join('') + codeOf(0x10) + unsigned(ref.index);
}

function local<T extends ValueType>(type: T, index: number): Local<T> {
  return { type, index, code: codeOf(0x20) + unsigned(index) };
}
