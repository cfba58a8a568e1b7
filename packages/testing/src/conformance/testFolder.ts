import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformance } from './conformance.ts';

/** A float32 tensor in the format of golden files. */
export function golden(
  data: readonly (number | string)[],
  shape: readonly number[] = [data.length],
  dtype = 'float32',
): object {
  return { shape, dtype, data };
}

/** A case of `square`, with the changes of a test. */
export function squareCase(changes: object = {}): object {
  const base = {
    op: 'square',
    attrs: {},
    inputs: { x: golden([1, 2, 3]) },
    outputs: { output: golden([1, 4, 9]) },
    tolerance: 1e-5,
  };
  const gradients = { cotangents: { output: golden([1, 10, 100]) }, gradients: { x: golden([2, 40, 600]) } };
  return { ...base, ...gradients, ...changes };
}

/** A file of cases. */
export function fileOf(...cases: readonly unknown[]): string {
  return JSON.stringify({ format: 'golden-cases/1', cases });
}

/** Runs the command line on a temporary folder with these files. */
export async function runOn(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<CommandRun> {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-conformance-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await run(folder, ...args.map((arg) => arg.replace('FOLDER', folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly last: string;
}

/** Runs the command line and collects its output. */
export async function run(...args: readonly string[]): Promise<CommandRun> {
  const printed: Record<'out' | 'error', string[]> = { out: [], error: [] };
  const code = await conformance(args, {
    out: (text) => printed.out.push(text),
    error: (text) => printed.error.push(text),
  });
  const out = printed.out.join('\n');
  return { code, out, error: printed.error.join('\n'), last: out.split('\n').at(-1)! };
}
