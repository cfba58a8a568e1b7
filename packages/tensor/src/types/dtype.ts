/** Element types. `uint8` is storage for pixels and is cast before arithmetic. */
export type DType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool';
/** Element types that have gradients. */
export type FloatDType = 'float32' | 'float64';
/** The arrays that hold elements; bool is held as bytes 0 and 1. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;
