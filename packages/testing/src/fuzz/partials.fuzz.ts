import { checkProgram } from '../programs/checkProgram.ts';
import { directedPartials } from '../programs/directed.ts';
import { settle } from '../programs/program.ts';
import { showProgram } from '../programs/show.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const fuzzer: Fuzzer = defineFuzzer({
  name: 'partials',
  summary: 'sums of thousands of partial results are accurate, on all backends',
  inputs: directedPartials,
  limits: { seconds: 300, megabytes: 3000 },
  quick: 0,
  check: ({ program, gradients }) => checkProgram(settle(program), { gradients, wide: true }),
  show: ({ program }) => `gradients of\n${showProgram(settle(program))}`,
});
export default fuzzer;
