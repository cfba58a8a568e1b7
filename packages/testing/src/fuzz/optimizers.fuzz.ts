import { checkOptimizer, randomOptimizers } from '../models/randomOptimizer.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const fuzzer: Fuzzer = defineFuzzer({
  name: 'optimizers',
  summary: 'chains of transformations, with gradients of all sizes: eager, compiled, WebAssembly and float64 agree',
  inputs: randomOptimizers,
  quick: 40,
  check: checkOptimizer,
  show: (given) => JSON.stringify(given),
});
export default fuzzer;
