import type { Program } from './program.ts';

/** A program as a list of its arguments and steps; operands count back from the newest value. */
export function showProgram({ args, steps }: Program): string {
  const given = args.map(
    ({ shape, dtype, seed, values }) => `argument ${dtype}[${shape.join()}] ${values}, seed ${seed}`,
  );
  return [...given, ...steps.map(([name, a, b, k]) => `${name}(${a} back, ${b} back) k=${k}`)].join('\n');
}
