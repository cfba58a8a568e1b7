import { compile } from '@chainrule/compiler';
import type { Tensor } from '@chainrule/tensor';
import { treeTensors } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { type LongProgram, longPrograms, mixedGraph } from '../longPrograms.ts';
import { distance } from '../longProgramChecks.ts';
import { wasmBackends } from '../programs/checkProgram.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

/**
 * Processor time that a program may take: a fixed part, and a part for each node. Seven times what it takes on a fast
 * machine: quadratic time exceeds that, a slow machine does not.
 */
const [mostSeconds, mostMilliseconds] = [2, 1];

const inputs = fc.record({
  form: fc.constantFrom(...Object.keys(longPrograms), 'a random graph', 'a random graph', 'a random graph'),
  nodes: fc.integer({ min: 1500, max: 7000 }),
  seed: fc.nat(1e6),
});

function programOf({ form, nodes, seed }: { form: string; nodes: number; seed: number }): LongProgram {
  return (longPrograms[form] ?? ((count) => mixedGraph(count, seed)))(nodes);
}

const fuzzer: Fuzzer = defineFuzzer({
  name: 'growth',
  summary: 'programs of thousands of nodes are right, and take time and memory in proportion to their length',
  inputs,
  limits: { seconds: 60, megabytes: 1500 },
  quick: 1,
  check: async (input) => {
    const { plain } = await wasmBackends();
    const { fn, args } = programOf(input);
    const start = process.cpuUsage();
    const compiled = compile(fn, { backend: plain });
    const actual = treeTensors(compiled(...args));
    const { user, system } = process.cpuUsage(start);
    const [seconds, limit] = [(user + system) / 1e6, mostSeconds + (mostMilliseconds * input.nodes) / 1000];
    compiled.programs()[0]!.executable.dispose();
    if (seconds > limit)
      throw new Error(
        `${input.nodes} nodes took ${seconds.toFixed(1)} s of the processor, more than ${limit.toFixed(1)} s`,
      );
    const expected: readonly Tensor[] = treeTensors(fn(...args));
    expected.forEach((right, i) => {
      const off = distance(actual[i]!, right);
      if (!(off < 1e-4)) throw new Error(`result ${i} is off by ${off} of its largest element`);
    });
  },
  show: ({ form, nodes, seed }) => `${form} of ${nodes} nodes, seed ${seed}`,
});
export default fuzzer;
