export { callValue, FunctionBuilder, type FunctionRef, type Label, type Local, tee } from './func.ts';
export { atomic, memory } from './memory.ts';
export { ModuleBuilder } from './module.ts';
export { f32, f64, i32 } from './numeric.ts';
export { f32x4, f64x2, i16x8, i32x4, i64x2, i8x16, lanes32, v128 } from './simd.ts';
export {
  type F32,
  type F64,
  type I32,
  repeatType,
  type Statement,
  type TupleOf,
  type V128,
  type Value,
} from './value.ts';
