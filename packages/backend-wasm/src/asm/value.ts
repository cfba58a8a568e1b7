/** Types of values on WebAssembly's stack. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** A tuple of `N` items; an array if `N` is not a literal. */
export type TupleOf<T, N extends number, Items extends readonly T[] = []> = number extends N
  ? T[]
  : Items['length'] extends N
    ? Items
    : TupleOf<T, N, [...Items, T]>;

/** A list of `count` times the same type, for the parameters of a function. */
export function repeatType<T extends ValueType, const N extends number>(type: T, count: N): TupleOf<T, N> {
  return new Array<T>(count).fill(type) as TupleOf<T, N>;
}

/**
 * Machine code as a string, with one character (below 256) for each byte. Engines concatenate strings without copying.
 */
export type Code = string;

/** Converts bytes to code. */
export const codeOf = (...bytes: readonly number[]): Code => String.fromCharCode(...bytes);

/** An expression: code that leaves one value of type `T` on the stack. */
export interface Value<out T extends ValueType = ValueType> {
  readonly type: T;
  readonly code: Code;
}

/** Code that leaves nothing on the stack. */
export interface Statement {
  readonly statement: Code;
}

export type I32 = Value<'i32'>;
export type F32 = Value<'f32'>;
export type F64 = Value<'f64'>;
export type V128 = Value<'v128'>;

export const typeCodes: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** LEB128 of an unsigned 32-bit integer. */
export function unsigned(value: number): Code {
  let [code, rest] = ['', value >>> 0];
  while (rest > 0x7f) {
    code += codeOf((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return code + codeOf(rest);
}

/** LEB128 of a signed 32-bit integer. */
export function signed(value: number): Code {
  let [code, rest] = ['', value | 0];
  while (rest < -0x40 || rest > 0x3f) {
    code += codeOf((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return code + codeOf(rest & 0x7f);
}

/** Makes functions that emit one instruction each. */
export const op = {
  unary:
    <A extends ValueType, R extends ValueType>(type: R, opcode: Code) =>
    (a: Value<A>): Value<R> => ({ type, code: a.code + opcode }),
  binary:
    <A extends ValueType, B extends ValueType, R extends ValueType>(type: R, opcode: Code) =>
    (a: Value<A>, b: Value<B>): Value<R> => ({ type, code: a.code + b.code + opcode }),
  ternary:
    <T extends ValueType>(type: T, opcode: Code) =>
    (a: Value<T>, b: Value<T>, c: Value<T>): Value<T> => ({ type, code: a.code + b.code + c.code + opcode }),
  /** `align` is the base-2 logarithm of the natural alignment in bytes; `offset` is added to the address. */
  load:
    <R extends ValueType>(type: R, align: number, opcode: Code) =>
    (address: I32, offset = 0): Value<R> => ({ type, code: address.code + opcode + codeOf(align) + unsigned(offset) }),
  store:
    <A extends ValueType>(align: number, opcode: Code) =>
    (address: I32, value: Value<A>, offset = 0): Statement => ({
      statement: address.code + value.code + opcode + codeOf(align) + unsigned(offset),
    }),
};

export type Unary<A extends ValueType, R extends ValueType = A> = (a: Value<A>) => Value<R>;
export type Binary<A extends ValueType, R extends ValueType = A, B extends ValueType = A> = (
  a: Value<A>,
  b: Value<B>,
) => Value<R>;
export type Load<R extends ValueType> = (address: I32, offset?: number) => Value<R>;
export type Store<A extends ValueType> = (address: I32, value: Value<A>, offset?: number) => Statement;
