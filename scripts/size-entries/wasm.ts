// The WebAssembly backend with all its kernels, and one elementwise op.
import { wasm } from '@chainrule/backend-wasm';
import { exp } from '@chainrule/tensor';

console.log(exp, wasm);
