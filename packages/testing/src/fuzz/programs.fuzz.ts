import fc from 'fast-check';
import { programs } from '../programs/arbitraries.ts';
import { checkProgram } from '../programs/checkProgram.ts';
import { settle } from '../programs/program.ts';
import { showProgram } from '../programs/show.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const fuzzer: Fuzzer = defineFuzzer({
  name: 'programs',
  summary: 'random programs: eager against compiled against WebAssembly against float64, values and gradients',
  inputs: fc.record({ program: programs, gradients: fc.boolean() }),
  quick: 40,
  check: ({ program, gradients }) => {
    const has = (kind: string): boolean => program.args.some(({ values }) => values === kind);
    return checkProgram(settle(program), {
      gradients: gradients && !has('huge'),
      wide: !has('huge') && !has('special'),
    });
  },
  show: ({ program, gradients }) => `${gradients ? 'gradients' : 'values'} of\n${showProgram(settle(program))}`,
});
export default fuzzer;
