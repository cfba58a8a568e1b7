import { OptionError } from '@chainrule/errors';
import { runJob } from './child.ts';
import type { Failure, Fuzzer, SearchStart } from './fuzzer.ts';
import { hunt } from './hunt.ts';
import type { Job } from './job.ts';
import type { Mutation } from './mutations.ts';
import { helpOf, type Options, parseOptions } from './options.ts';
import { prove } from './prove.ts';

/**
 * The program `npm run fuzz`. The processes that it starts run the same script.
 *
 * @param script - the bundle that called this
 * @returns the exit code
 */
export async function fuzz(fuzzers: readonly Fuzzer[], script: string, args: readonly string[]): Promise<number> {
  if (args[0] === '--job') return runJob(fuzzers, JSON.parse(args[1]!) as Job);
  try {
    const options = parseOptions(fuzzers, args);
    if (options !== 'help') return await (options.prove ? proveAll(options, options.prove) : runAll(script, options));
    console.log(helpOf(fuzzers));
    return 0;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function proveAll(options: Options, mutations: readonly Mutation[]): Promise<number> {
  endWithSignals();
  const seeds = [options.seed, options.seed + 1, options.seed + 2];
  const missed = await prove(process.argv[1]!, { ...options, mutations, seeds });
  console.log(missed > 0 ? `\n${missed} searches found nothing` : '\nall faults were found');
  return missed > 0 ? 1 : 0;
}

function endWithSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}

async function runAll(script: string, { fuzzers, minutes, seed, path }: Options): Promise<number> {
  endWithSignals();
  console.log(`seed ${seed}`);
  const end = Date.now() + minutes * 60_000;
  let failed = 0;
  for (const [i, fuzzer] of fuzzers.entries()) {
    const until = Date.now() + Math.max(0, end - Date.now()) / (fuzzers.length - i);
    if (!(await runOne(script, fuzzer, { seed, path }, until))) failed++;
  }
  console.log(`${fuzzers.length - failed} fuzzers passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

async function runOne(script: string, fuzzer: Fuzzer, start: SearchStart, until: number): Promise<boolean> {
  const progress = progressLine(fuzzer.name, until);
  const { inputs, failure } = await hunt(script, fuzzer, start, until, progress.show);
  progress.clear();
  console.log(`${fuzzer.name}: ${failure ? 'failed' : 'passed'} after ${inputs} inputs`);
  if (failure) console.log(report(fuzzer.name, start.seed, failure, start.path));
  return !failure;
}

/** On a terminal, one line that changes; elsewhere, a line every half minute. */
function progressLine(
  name: string,
  until: number,
): { readonly show: (inputs: number, shrinking: boolean) => void; readonly clear: () => void } {
  const { isTTY } = process.stdout;
  const every = isTTY ? 200 : 30_000;
  let last = isTTY ? 0 : Date.now();
  return {
    show(inputs, shrinking) {
      const now = Date.now();
      if (now - last < every) return;
      last = now;
      const doing = shrinking ? 'shrinking a failure' : `${Math.max(0, Math.round((until - now) / 1000))} s left`;
      process.stdout.write(`${isTTY ? '\r\x1b[K' : ''}${name}: ${inputs} inputs, ${doing}${isTTY ? '' : '\n'}`);
    },
    clear: () => void (isTTY && process.stdout.write('\r\x1b[K')),
  };
}

/** If a path was replayed, the path of the failure begins with it. */
function report(
  name: string,
  seed: number,
  { path, shrinks, shown, error }: Failure,
  from: string | undefined,
): string {
  const at = path || from;
  const lines = (text: string): string =>
    text
      .split('\n')
      .slice(0, 40)
      .map((line) => `    ${line}`)
      .join('\n');
  const repeat = at === undefined ? '' : ` --path ${at}`;
  return `  error\n${lines(error)}\n  input, shrunk ${shrinks} times\n${lines(shown)}\n  seed ${seed}${at === undefined ? '' : `, path ${at}`}\n  repeat: npm run fuzz -- ${name} --seed ${seed}${repeat}`;
}
