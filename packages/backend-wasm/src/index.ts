export { startWasm, wasm, type WasmBackend, type WasmOptions } from './backend/wasm.ts';
export { workerSource } from './runtime/workerSource.ts';
