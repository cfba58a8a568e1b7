export { wasm, type WasmOptions } from './wasm.ts';
export { workerSource } from './runtime/workerSource.ts';
