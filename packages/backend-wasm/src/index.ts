export { startWasm, wasm, type WasmBackend, type WasmOptions } from './wasm.ts';
export { workerSource } from './runtime/workerSource.ts';
