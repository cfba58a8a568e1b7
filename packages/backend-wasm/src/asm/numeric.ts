import {
  type Binary,
  type Code,
  codeOf,
  type F32,
  type F64,
  type I32,
  type Load,
  op,
  signed,
  type Store,
  type Unary,
  type Value,
  type ValueType,
} from './value.ts';

const { unary, binary, load, store } = op;

/** Returns `yes` if the condition is not 0, and `no` otherwise. Evaluates both. */
function select<T extends ValueType>(condition: I32, yes: Value<T>, no: Value<T>): Value<T> {
  // The short form of `select` accepts only numbers, so v128 needs the form with a type.
  const instruction = yes.type === 'v128' ? codeOf(0x1c, 1, 0x7b) : codeOf(0x1b);
  return { type: yes.type, code: yes.code + no.code + condition.code + instruction };
}

interface Integers {
  const: (value: number) => I32;
  load: Load<'i32'>;
  load8u: Load<'i32'>;
  store: Store<'i32'>;
  store8: Store<'i32'>;
  eqz: Unary<'i32'>;
  truncateF32: Unary<'f32', 'i32'>;
  truncateF64: Unary<'f64', 'i32'>;
  truncateWrapF32: Unary<'f32', 'i32'>;
  reinterpretF32: Unary<'f32', 'i32'>;
  select: typeof select;
}
type IntegerBinary =
  | 'eq'
  | 'ne'
  | 'ltS'
  | 'ltU'
  | 'gtS'
  | 'gtU'
  | 'leS'
  | 'leU'
  | 'geS'
  | 'geU'
  | 'add'
  | 'sub'
  | 'mul'
  | 'divS'
  | 'divU'
  | 'remS'
  | 'remU'
  | 'and'
  | 'or'
  | 'xor'
  | 'shl'
  | 'shrS'
  | 'shrU';

/** Instructions on 32-bit integers and addresses. */
export const i32: Integers & Record<IntegerBinary, Binary<'i32'>> = {
  const: (value) => ({ type: 'i32', code: codeOf(0x41) + signed(value) }),
  load: load('i32', 2, codeOf(0x28)),
  load8u: load('i32', 0, codeOf(0x2d)),
  store: store(2, codeOf(0x36)),
  store8: store(0, codeOf(0x3a)),
  select,
  eqz: unary('i32', codeOf(0x45)),
  eq: binary('i32', codeOf(0x46)),
  ne: binary('i32', codeOf(0x47)),
  ltS: binary('i32', codeOf(0x48)),
  ltU: binary('i32', codeOf(0x49)),
  gtS: binary('i32', codeOf(0x4a)),
  gtU: binary('i32', codeOf(0x4b)),
  leS: binary('i32', codeOf(0x4c)),
  leU: binary('i32', codeOf(0x4d)),
  geS: binary('i32', codeOf(0x4e)),
  geU: binary('i32', codeOf(0x4f)),
  add: binary('i32', codeOf(0x6a)),
  sub: binary('i32', codeOf(0x6b)),
  mul: binary('i32', codeOf(0x6c)),
  divS: binary('i32', codeOf(0x6d)),
  divU: binary('i32', codeOf(0x6e)),
  remS: binary('i32', codeOf(0x6f)),
  remU: binary('i32', codeOf(0x70)),
  and: binary('i32', codeOf(0x71)),
  or: binary('i32', codeOf(0x72)),
  xor: binary('i32', codeOf(0x73)),
  shl: binary('i32', codeOf(0x74)),
  shrS: binary('i32', codeOf(0x75)),
  shrU: binary('i32', codeOf(0x76)),
  /** Rounds toward zero. Numbers out of range saturate, and NaN becomes 0. */
  truncateF32: unary('i32', codeOf(0xfc, 0x00)),
  truncateF64: unary('i32', codeOf(0xfc, 0x02)),
  /** Rounds toward zero to 64 bits, then keeps the low 32. Numbers beyond 2⁶³ saturate first, and NaN becomes 0. */
  truncateWrapF32: unary('i32', codeOf(0xfc, 0x04, 0xa7)),
  reinterpretF32: unary('i32', codeOf(0xbc)),
};

type FloatBinary = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max' | 'copysign';
type Comparison = 'eq' | 'ne' | 'lt' | 'gt' | 'le' | 'ge';
type FloatUnary = 'abs' | 'neg' | 'ceil' | 'floor' | 'trunc' | 'nearest' | 'sqrt';
type Floats<T extends 'f32' | 'f64'> = Record<FloatBinary, Binary<T>> &
  Record<Comparison, Binary<T, 'i32'>> &
  Record<FloatUnary, Unary<T>> & {
    const: (value: number) => Value<T>;
    load: Load<T>;
    store: Store<T>;
    convertI32: Unary<'i32', T>;
  };

function floats<T extends 'f32' | 'f64'>(
  type: T,
  compare: number,
  first: number,
): Record<FloatBinary, Binary<T>> & Record<Comparison, Binary<T, 'i32'>> & Record<FloatUnary, Unary<T>> {
  const [eq, ne, lt, gt, le, ge] = [0, 1, 2, 3, 4, 5].map((i) =>
    binary<T, T, 'i32'>('i32', codeOf(compare + i)),
  ) as Binary<T, 'i32'>[] as [
    Binary<T, 'i32'>,
    Binary<T, 'i32'>,
    Binary<T, 'i32'>,
    Binary<T, 'i32'>,
    Binary<T, 'i32'>,
    Binary<T, 'i32'>,
  ];
  const one = (i: number): Unary<T> => unary<T, T>(type, codeOf(first + i));
  const two = (i: number): Binary<T> => binary<T, T, T>(type, codeOf(first + i));
  return {
    eq,
    ne,
    lt,
    gt,
    le,
    ge,
    abs: one(0),
    neg: one(1),
    ceil: one(2),
    floor: one(3),
    trunc: one(4),
    nearest: one(5),
    sqrt: one(6),
    add: two(7),
    sub: two(8),
    mul: two(9),
    div: two(10),
    min: two(11),
    max: two(12),
    copysign: two(13),
  };
}

/** The little-endian bytes of a float. */
export function floatCode(value: number): Code {
  scratch.setFloat32(0, value, true);
  return codeOf(scratch.getUint8(0), scratch.getUint8(1), scratch.getUint8(2), scratch.getUint8(3));
}
const scratch = /* @__PURE__ */ new DataView(new ArrayBuffer(4));

export const f32: Floats<'f32'> & { demote: Unary<'f64', 'f32'>; reinterpretI32: Unary<'i32', 'f32'> } = {
  ...floats('f32', 0x5b, 0x8b),
  const: (value): F32 => ({ type: 'f32', code: codeOf(0x43) + floatCode(value) }),
  load: load('f32', 2, codeOf(0x2a)),
  store: store(2, codeOf(0x38)),
  convertI32: unary('f32', codeOf(0xb2)),
  demote: unary('f32', codeOf(0xb6)),
  reinterpretI32: unary('f32', codeOf(0xbe)),
};

export const f64: Floats<'f64'> & { promote: Unary<'f32', 'f64'> } = {
  ...floats('f64', 0x61, 0x99),
  const: (value): F64 => ({ type: 'f64', code: codeOf(0x44, ...new Uint8Array(Float64Array.of(value).buffer)) }),
  load: load('f64', 3, codeOf(0x2b)),
  store: store(3, codeOf(0x39)),
  convertI32: unary('f64', codeOf(0xb7)),
  promote: unary('f64', codeOf(0xbb)),
};
