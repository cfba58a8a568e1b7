import { compile, mul, setDefaultBackend, sum, tensor, wasm } from 'chainrule';

console.warn = (text) => {
  throw new Error(text);
};
const backend = await wasm({ threads: 2, createWorker: () => new Worker(new URL('./helper.js', import.meta.url)) });
setDefaultBackend(backend);
const value = compile((x) => sum(mul(x, x)))(tensor([1, 2, 3])).item();
if (value !== 14) throw new Error(`1 + 4 + 9 is 14, got ${value}`);
console.log(JSON.stringify({ threads: true }));
