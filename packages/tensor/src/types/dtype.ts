/** Element types. `uint8` only stores pixels: cast it before arithmetic. */
export type DType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool';
/** Element types that have gradients. */
export type FloatDType = 'float32' | 'float64';
/** The arrays that hold elements. bool uses the bytes 0 and 1. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;
