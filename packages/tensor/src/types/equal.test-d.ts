/** Whether two types are identical, `any` and `readonly` included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Fails to compile where its argument is not `true`. */
export type True<T extends true> = T;

/** `is<Tensor<[2]>>()(value)` compiles where the value has exactly this type. */
export declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;

/** A value of the type, for arguments. */
export declare function some<T>(): T;
