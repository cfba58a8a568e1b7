import { smoothPrograms } from '../programs/arbitraries.ts';
import { checkGradient } from '../programs/checkGradient.ts';
import { settle } from '../programs/program.ts';
import { showProgram } from '../programs/show.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const fuzzer: Fuzzer = defineFuzzer({
  name: 'gradients',
  summary: 'gradients of random programs are the slopes of their values, in float64',
  inputs: smoothPrograms,
  quick: 60,
  check: (program) => checkGradient(settle(program)),
  show: (program) => showProgram(settle(program)),
});
export default fuzzer;
