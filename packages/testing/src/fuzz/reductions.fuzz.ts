import { longTasks } from '../programs/arbitraries.ts';
import { checkProgram } from '../programs/checkProgram.ts';
import { settle } from '../programs/program.ts';
import { showProgram } from '../programs/show.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const fuzzer: Fuzzer = defineFuzzer({
  name: 'reductions',
  summary: 'long sums, means and scans are accurate, on all backends, values and gradients',
  inputs: longTasks,
  limits: { seconds: 300, megabytes: 3000 },
  quick: 0,
  check: ({ program, gradients }) => checkProgram(settle(program), { gradients, wide: true }),
  show: ({ program, gradients }) => `${gradients ? 'gradients' : 'values'} of\n${showProgram(settle(program))}`,
});
export default fuzzer;
