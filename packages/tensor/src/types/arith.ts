/*
 * Arithmetic on natural number literals, in decimal strings with the least significant digit first. Tuple lengths, the
 * usual trick, take gigabytes for 95 x 95. Other operands (number, any, -1, 1.5) give `number`.
 */

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type Carry = '0' | '1';

/** A tuple of each length below ten. Single digits are added and multiplied as tuple lengths. */
interface Ones {
  '0': [];
  '1': [0];
  '2': [0, 0];
  '3': [0, 0, 0];
  '4': [0, 0, 0, 0];
  '5': [0, 0, 0, 0, 0];
  '6': [0, 0, 0, 0, 0, 0];
  '7': [0, 0, 0, 0, 0, 0, 0];
  '8': [0, 0, 0, 0, 0, 0, 0, 0];
  '9': [0, 0, 0, 0, 0, 0, 0, 0, 0];
}
type Ten = [...Ones['9'], 0];
type Length<T extends readonly unknown[]> = `${T['length'] & number}`;

type Reverse<S extends string, R extends string = ''> = S extends `${infer D}${infer T}` ? Reverse<T, `${D}${R}`> : R;
type Trim<S extends string> = S extends `0${infer T}` ? (T extends '' ? '0' : Trim<T>) : S;
type ToNumber<S extends string> = Trim<S> extends `${infer N extends number}` ? N : number;
type FromReversed<R extends string> = [R] extends [never] ? never : ToNumber<Reverse<R>>;

type AddDigits<A extends Digit, B extends Digit, C extends Carry> = Length<[...Ones[A], ...Ones[B], ...Ones[C]]>;
type AddReversed<
  A extends string,
  B extends string,
  C extends Carry = '0',
  R extends string = '',
> = A extends `${infer A0 extends Digit}${infer A1}`
  ? B extends `${infer B0 extends Digit}${infer B1}`
    ? AddDigits<A0, B0, C> extends `1${infer D extends Digit}`
      ? AddReversed<A1, B1, '1', `${R}${D}`>
      : AddReversed<A1, B1, '0', `${R}${AddDigits<A0, B0, C>}`>
    : C extends '0'
      ? `${R}${A}`
      : AddReversed<A, '1', '0', R>
  : C extends '0'
    ? `${R}${B}`
    : B extends ''
      ? `${R}1`
      : AddReversed<'1', B, '0', R>;

/** A - B - C as `${borrow}${digit}`. */
type SubtractDigits<A extends Digit, B extends Digit, C extends Carry> = Ones[A] extends [
  ...Ones[B],
  ...Ones[C],
  ...infer R,
]
  ? `0${Length<R>}`
  : [...Ones[A], ...Ten] extends [...Ones[B], ...Ones[C], ...infer R]
    ? `1${Length<R>}`
    : never;
/** `never` when A < B. */
type SubtractReversed<
  A extends string,
  B extends string,
  C extends Carry = '0',
  R extends string = '',
> = A extends `${infer A0 extends Digit}${infer A1}`
  ? B extends `${infer B0 extends Digit}${infer B1}`
    ? SubtractDigits<A0, B0, C> extends `${infer Borrow extends Carry}${infer D extends Digit}`
      ? SubtractReversed<A1, B1, Borrow, `${R}${D}`>
      : never
    : C extends '0'
      ? `${R}${A}`
      : SubtractReversed<A, '1', '0', R>
  : Trim<B> extends '' | '0'
    ? C extends '0'
      ? R
      : never
    : never;

/** The tuple repeated N times. */
type Repeat<T extends readonly unknown[], N extends Digit> = {
  '0': [];
  '1': T;
  '2': [...T, ...T];
  '3': [...T, ...T, ...T];
  '4': [...T, ...T, ...T, ...T];
  '5': [...T, ...T, ...T, ...T, ...T];
  '6': [...T, ...T, ...T, ...T, ...T, ...T];
  '7': [...T, ...T, ...T, ...T, ...T, ...T, ...T];
  '8': [...T, ...T, ...T, ...T, ...T, ...T, ...T, ...T];
  '9': [...T, ...T, ...T, ...T, ...T, ...T, ...T, ...T, ...T];
}[N];
type MultiplyDigits<A extends Digit, B extends Digit, C extends Digit> = Length<[...Repeat<Ones[A], B>, ...Ones[C]]>;
type MultiplyByDigit<
  A extends string,
  B extends Digit,
  C extends Digit = '0',
  R extends string = '',
> = A extends `${infer A0 extends Digit}${infer A1}`
  ? MultiplyDigits<A0, B, C> extends `${infer Tens extends Digit}${infer D extends Digit}`
    ? MultiplyByDigit<A1, B, Tens, `${R}${D}`>
    : MultiplyByDigit<A1, B, '0', `${R}${MultiplyDigits<A0, B, C>}`>
  : C extends '0'
    ? R
    : `${R}${C}`;
type MultiplyReversed<A extends string, B extends string> = B extends `${infer B0 extends Digit}${infer B1}`
  ? B1 extends ''
    ? MultiplyByDigit<A, B0>
    : AddReversed<MultiplyByDigit<A, B0>, `0${MultiplyReversed<A, B1>}`>
  : '0';

/** The largest digit Q with Q * B <= R, as [Q, R - Q * B]. */
type FitDigit<R extends string, B extends string, Q extends 0[] = []> = Q['length'] extends 9
  ? [Length<Q>, R]
  : [SubtractReversed<R, B>] extends [never]
    ? [Length<Q>, R]
    : FitDigit<SubtractReversed<R, B>, B, [...Q, 0]>;
/** Long division: A and the quotient most significant digit first, B and the remainder reversed. */
type LongDivide<
  A extends string,
  B extends string,
  Q extends string = '',
  R extends string = '',
> = A extends `${infer D}${infer T}`
  ? FitDigit<`${D}${R}`, B> extends [infer F extends string, infer Rest extends string]
    ? LongDivide<T, B, `${Q}${F}`, Rest>
    : never
  : [Q, R];

/** Whether N is a natural number literal; distributes over unions. */
export type IsKnown<N> = 0 extends 1 & N
  ? false
  : N extends number
    ? number extends N
      ? false
      : `${N}` extends `${string}${'-' | '.' | 'e'}${string}`
        ? false
        : true
    : false;
type AreKnown<A, B> = [IsKnown<A>, IsKnown<B>] extends [true, true] ? true : false;

/** The sum of two sizes. */
export type Add<A extends number, B extends number> =
  AreKnown<A, B> extends true ? FromReversed<AddReversed<Reverse<`${A}`>, Reverse<`${B}`>>> : number;

/** The difference of two sizes; `never` if A < B. */
export type Subtract<A extends number, B extends number> =
  AreKnown<A, B> extends true ? FromReversed<SubtractReversed<Reverse<`${A}`>, Reverse<`${B}`>>> : number;

/** The product of two sizes. */
export type Multiply<A extends number, B extends number> =
  AreKnown<A, B> extends true
    ? A extends 1
      ? B
      : B extends 1
        ? A
        : FromReversed<MultiplyReversed<Reverse<`${A}`>, Reverse<`${B}`>>>
    : number;

/** floor(A / B); `number` for B = 0. */
export type FloorDivide<A extends number, B extends number> =
  AreKnown<A, B> extends true
    ? B extends 1
      ? A
      : B extends 0
        ? number
        : LongDivide<`${A}`, Reverse<`${B}`>> extends [infer Q extends string, string]
          ? ToNumber<Q>
          : number
    : number;

/** A / B if that is a natural number, else `never`. */
export type ExactDivide<A extends number, B extends number> =
  AreKnown<A, B> extends true
    ? B extends 1
      ? A
      : B extends 0
        ? never
        : LongDivide<`${A}`, Reverse<`${B}`>> extends [infer Q extends string, infer R extends string]
          ? Trim<R> extends '0' | ''
            ? ToNumber<Q>
            : never
          : number
    : number;

/** ceil(A / B). */
export type CeilDivide<A extends number, B extends number> =
  AreKnown<A, B> extends true ? (B extends 1 ? A : FloorDivide<Add<A, Subtract<B, 1>>, B>) : number;

/** The product of all sizes; 1 for a scalar. */
export type Product<S extends readonly number[], R extends number = 1> = number extends S['length']
  ? number
  : S extends readonly [infer First extends number, ...infer Rest extends readonly number[]]
    ? Product<Rest, Multiply<R, First>>
    : R;
