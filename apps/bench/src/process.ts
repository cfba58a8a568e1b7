import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Job, type Message, sharedTask } from './job.ts';
import type { Installed } from './peers/install.ts';
import { makeImages, makeMatrices, makeProblem, type Values } from './problem.ts';
import type { Task } from './workloads.ts';

/** The paths of the programs that a process runs. */
export interface Programs {
  /** This program, which workers run, too. */
  readonly self: string;
  readonly torch: string;
}

/** The end of a process. */
export type Outcome =
  Exclude<Message, { readonly kind: 'step' }> | { readonly kind: 'failed'; readonly reason: string };

/** Runs a job in a process of its own. */
export async function runJob(
  job: Job,
  installed: Installed,
  programs: Programs,
  onStep: (done: number) => void,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-bench-'));
  const file = join(folder, 'job.json');
  try {
    const arrays = job.library === 'torch' ? writeArrays(join(folder, 'arrays'), job.task) : undefined;
    writeFileSync(file, JSON.stringify({ ...job, packages: installed.packages, arrays }));
    const args = job.library === 'torch' ? [programs.torch, file] : [programs.self, 'worker', file];
    return await converse(installed.command, args, { ...process.env, ...job.setting.env }, onStep);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function converse(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onStep: (done: number) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let outcome: Outcome | undefined;
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4000)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = parse(line);
      if (message?.kind === 'step') onStep(message.done);
      else if (message) outcome = message;
    });
    child.on('error', (error) => resolve({ kind: 'failed', reason: error.message }));
    child.on('close', (code) =>
      resolve(outcome ?? { kind: 'failed', reason: `${lastError(errors)} (exit code ${code})` }),
    );
  });
}

/** Parses a message. Ignores other lines, which libraries print. */
function parse(line: string): Message | undefined {
  if (!line.startsWith('{"kind"')) return undefined;
  return JSON.parse(line) as Message;
}

/** Finds the line that names the error. Node prints a trace after it, and Python before it. */
function lastError(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => /^(\w*Error|Uncaught)\b.*:/.test(line)) ?? lines.at(-1) ?? 'no message';
}

/** Writes x, y and the weights to one file, and returns their positions. */
function writeArrays(file: string, task: Task): object {
  const all = arraysOf(task);
  writeFileSync(file, Buffer.concat(all.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))));
  return {
    file,
    entries: all.map(({ shape, data }) => ({ shape, dtype: data instanceof Int32Array ? 'int32' : 'float32' })),
  };
}

function arraysOf(given: Task): readonly Values[] {
  if (given.kind === 'augment') return makeImages(given.images);
  const task = sharedTask(given);
  if (task.kind === 'matmul') return makeMatrices(task.size);
  const { x, y, weights } = makeProblem(task.net, task.kind === 'epochs' ? task.samples : task.batch);
  return [x, y, ...weights];
}
