import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Failure, Fuzzer } from './fuzzer.ts';
import { type Job, type Message } from './job.ts';
import { residentMegabytes } from './residentMegabytes.ts';

const pollMs = 100;
/** The longest time for loading the fuzzers and making an input. */
const quietMs = 120_000;

/** How a process ended: with a result, or because of the input that it was checking. */
export type Ending =
  | { readonly kind: 'passed' }
  | { readonly kind: 'found'; readonly failure: Failure }
  | { readonly kind: 'lost'; readonly input: number | undefined; readonly error: string };

/** Called for the messages of a process. */
interface Seen {
  readonly inputs: (input: number) => void;
  readonly failed: (input: number, error: string) => void;
}

/** Runs a job in a process of its own, and ends the process when an input takes more than its limits. */
export function watch(script: string, fuzzer: Fuzzer, job: Job, seen: Seen): Promise<Ending> {
  const child = spawn(process.execPath, ['--enable-source-maps', script, '--job', JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const printed = lastOutput(child);
  let current: { readonly input: number; readonly megabytes: number } | undefined;
  let ending: Ending | undefined;
  let since = performance.now();
  createInterface(child.stdio[3] as Readable).on('line', (line) => {
    const message = JSON.parse(line) as Message;
    since = performance.now();
    current = message.kind === 'start' ? message : undefined;
    if (message.kind === 'start') seen.inputs(message.input);
    else if (message.kind === 'failed') seen.failed(message.input, message.error);
    else ending ??= message;
  });
  const poll = setInterval(() => {
    const excess = ending ? undefined : excessOf(fuzzer, child.pid!, performance.now() - since, current);
    if (excess === undefined) return;
    ending = { kind: 'lost', input: current?.input, error: excess };
    kill();
  }, pollMs);
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearInterval(poll);
      process.off('exit', kill);
      resolve(
        ending ?? {
          kind: 'lost',
          input: current?.input,
          error: `ended its process with ${signal ?? `code ${code}`}\n${printed()}`,
        },
      );
    });
  });
}

/**
 * The reason to end a process; undefined if it may go on. A check that ends late reports itself, so it gets half the
 * time again.
 */
function excessOf(
  { limits }: Fuzzer,
  pid: number,
  ms: number,
  current: { readonly megabytes: number } | undefined,
): string | undefined {
  if (!current) return ms > quietMs ? `made no input within ${quietMs / 1000} s` : undefined;
  if (ms > 1500 * limits.seconds) return `did not end within ${limits.seconds} s`;
  const growth = (residentMegabytes(pid) ?? 0) - current.megabytes;
  return growth > limits.megabytes ? `took more than ${limits.megabytes} MB` : undefined;
}

/** Collects the end of the output of a process. */
function lastOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (data: Buffer) => (text = (text + data.toString()).slice(-2000)));
  return () => text.trim();
}
