import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fuzzer } from './fuzzer.ts';
import { hunt, type Outcome } from './hunt.ts';
import { mutate, type Mutated } from './mutate.ts';
import type { Mutation } from './mutations.ts';

/** The options of a proof. */
export interface ProofOptions {
  readonly mutations: readonly Mutation[];
  readonly fuzzers: readonly Fuzzer[];
  /** For each mutation. */
  readonly minutes: number;
  readonly seeds: readonly number[];
}

/**
 * Removes the fix of each fault in turn, and runs the fuzzer that should find the fault. Prints the rows of the table
 * in docs/design/fuzzing.md.
 *
 * @param main - the source of the program that runs fuzzers
 * @returns the number of searches that found nothing
 */
export async function prove(main: string, { mutations, fuzzers, minutes, seeds }: ProofOptions): Promise<number> {
  const root = join(dirname(main), '../../../..');
  let missed = 0;
  console.log(
    '| mutation | fault | fuzzer | seed: inputs until found, seconds | smallest input |\n| --- | --- | --- | --- | --- |',
  );
  for (const mutation of mutations) {
    const fuzzer = fuzzers.find(({ name }) => name === mutation.fuzzer)!;
    const folder = mkdtempSync(join(root, 'node_modules', '.cache', 'prove-'));
    try {
      const script = join(folder, 'main.mjs');
      await bundleMutated(root, main, script, mutate(join(root, 'packages'), mutation));
      const outcomes: (readonly [seed: number, Outcome])[] = [];
      for (const seed of seeds)
        outcomes.push([
          seed,
          await hunt(script, fuzzer, { seed, shrinkMs: 15_000 }, Date.now() + minutes * 60_000, () => undefined),
        ]);
      missed += outcomes.filter(([, { failure }]) => !failure).length;
      console.log(row(mutation, outcomes));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return missed;
}

async function bundleMutated(root: string, main: string, script: string, { file, contents }: Mutated): Promise<void> {
  const { bundle } = (await import(pathToFileURL(join(root, 'scripts/run-ts.mjs')).href)) as {
    bundle: (entry: string, outfile: string, plugins: readonly object[]) => Promise<unknown>;
  };
  interface Build {
    onLoad(options: { filter: RegExp }, load: (given: { path: string }) => object | undefined): void;
  }
  const setup = (build: Build): void =>
    build.onLoad({ filter: /[.]ts$/ }, ({ path }) => (path === file ? { contents, loader: 'ts' } : undefined));
  await bundle(main, script, [{ name: 'mutation', setup }]);
}

function row({ name, fault, fuzzer }: Mutation, outcomes: readonly (readonly [number, Outcome])[]): string {
  const counts = outcomes.map(([seed, { failedAt, secondsToFailure = 0, inputs, failure }]) =>
    failure ? `${seed}: ${failedAt} in ${secondsToFailure.toFixed()} s` : `${seed}: not among ${inputs}`,
  );
  const shortest = outcomes
    .flatMap(([, { failure }]) => (failure ? [failure.shown] : []))
    .sort((a, b) => a.length - b.length)[0];
  const shown = (shortest ?? '').split('\n').join('; ').replaceAll('|', '\\|').slice(0, 400);
  return `| \`${name}\` | ${fault} | \`${fuzzer}\` | ${counts.join(', ')} | ${shown} |`;
}
