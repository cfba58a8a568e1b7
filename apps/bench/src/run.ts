import { cpus } from 'node:os';
import { ChainruleError } from '@chainrule/errors';
import { compareCurves, type Curve } from './compareCurves.ts';
import { UnsupportedTaskError, type Job, type Library, type Setting } from './job.ts';
import type { Limits } from './measure.ts';
import type { Options } from './options.ts';
import { install, type Installed } from './peers/install.ts';
import { settingsOf } from './peers/settings.ts';
import { type Outcome, type Programs, runJob } from './process.ts';
import {
  type CurveCheck,
  type Failure,
  geometricMeans,
  type Measurement,
  ratiosOf,
  type Report,
  summarize,
} from './results.ts';
import { type Task, withoutDropout } from './workloads.ts';

/** The paths of programs and packages, and callbacks that show progress. */
export interface Surroundings extends Programs {
  readonly cache: string;
  readonly show: (line: string) => void;
}

/** The number of steps that the check compares. */
const checkedSteps = 10;

interface BenchmarkRun {
  readonly options: Options;
  readonly backend: string;
  readonly around: Surroundings;
  readonly installed: ReadonlyMap<Library, Installed>;
  readonly checks: CurveCheck[];
  readonly failures: Failure[];
  readonly measurements: Measurement[];
}

/** Measures all tasks with all libraries. Reports after each task, so that an interrupted run keeps its results. */
export async function* runBenchmark(options: Options, backend: string, around: Surroundings): AsyncGenerator<Report> {
  const failures: Failure[] = [];
  const run: BenchmarkRun = {
    options,
    backend,
    around,
    installed: installAll(options, around, failures),
    checks: [],
    failures,
    measurements: [],
  };
  for (const task of options.tasks) {
    await runTask(run, task);
    yield reportOf(run);
  }
}

function reportOf({ options, backend, installed, checks, failures, measurements }: BenchmarkRun): Report {
  const results = summarize(measurements);
  const ratios = ratiosOf(results);
  return {
    results,
    ratios,
    geometricMeans: geometricMeans(ratios, options.tasks),
    checks,
    failures,
    backend,
    versions: Object.fromEntries(
      [...installed].filter(([, { version }]) => version !== '').map(([library, { version }]) => [library, version]),
    ),
    machine: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${process.platform} ${process.arch}`,
    node: process.versions.node,
  };
}

function installAll({ peers }: Options, { cache, show }: Surroundings, failures: Failure[]): Map<Library, Installed> {
  const installed = new Map<Library, Installed>();
  for (const library of ['chainrule', ...peers] as const) {
    try {
      show(`preparing ${library}`);
      installed.set(library, install(library, cache));
    } catch (error) {
      if (!(error instanceof UnsupportedTaskError)) throw error;
      failures.push({ workload: 'all', library, reason: error.message });
    }
  }
  return installed;
}

/** Checks the losses, then gives each library its turns. A library that fails gets no more turns. */
async function runTask(run: BenchmarkRun, task: Task): Promise<void> {
  const {
    options: { rounds, steps, budgetMs },
  } = run;
  const out = new Set<Library>();
  if (run.options.check && (task.kind === 'train' || task.kind === 'forward')) await checkCurves(run, task, out);
  // Whole epochs and compilations are timed once: they take long, and a second run would continue the training or run
  // hot code.
  const limits: Limits =
    task.kind === 'epochs' || task.kind === 'compile'
      ? { warmUp: 0, warmMs: 0, steps: 1, timedMs: 0, budgetMs }
      : { warmUp: 5, warmMs: 1500, steps, timedMs: 1000, budgetMs };
  for (let round = 0; round < rounds; round++) {
    for (const library of run.installed.keys()) {
      if (task.kind === 'compile' && library !== 'chainrule') continue;
      let slow = library !== 'chainrule';
      for (const setting of settingsOf(library, task, ownThreads(run, library))) {
        if (out.has(library)) break;
        const outcome = await runOne(
          run,
          { library, task, setting, limits, backend: run.backend },
          `round ${round + 1} of ${rounds}`,
        );
        if (outcome.kind !== 'done') leaveOut(run, out, task, library, outcome);
        else
          run.measurements.push({ task, library, setting, round, times: outcome.times, peakBytes: outcome.peakBytes });
        if (outcome.kind === 'done' && outcome.times.length >= limits.steps) slow = false;
      }
      // No setting completed its steps in time, so another turn would not, either.
      if (slow) out.add(library);
    }
  }
}

/** The reference backend uses one thread. */
const ownThreads = ({ options, backend }: BenchmarkRun, library: Library): readonly number[] =>
  library === 'chainrule' && backend === 'reference' ? [1] : options.threads;

async function checkCurves(
  run: BenchmarkRun,
  task: Task & { readonly kind: 'train' | 'forward' },
  out: Set<Library>,
): Promise<void> {
  const plain: Task = { ...task, net: withoutDropout(task.net) };
  const limits: Limits = {
    warmUp: 0,
    warmMs: 0,
    steps: task.kind === 'train' ? checkedSteps : 1,
    timedMs: 0,
    budgetMs: run.options.budgetMs,
  };
  // The losses of this library or, if it cannot do the task, those of the first peer.
  let expected: Curve | undefined;
  for (const library of run.installed.keys()) {
    const settings = settingsOf(library, task, ownThreads(run, library));
    for (const setting of new Set([settings[0]!, settings.at(-1)!])) {
      if (out.has(library)) break;
      const outcome = await runOne(run, { library, task: plain, setting, limits, backend: run.backend }, 'losses');
      if (outcome.kind !== 'done') {
        leaveOut(run, out, task, library, outcome);
        continue;
      }
      const curve: Curve = { library: nameOf(library, setting), losses: outcome.losses };
      expected ??= curve;
      if (expected === curve) continue;
      run.checks.push({
        workload: task.name,
        library,
        setting: curve.library,
        against: expected.library,
        ...compareCurves(task.name, curve, expected),
      });
    }
  }
}

/** A library with its setting, in words. */
function nameOf(library: Library, { threads, note }: Setting): string {
  return [library, `${threads} thread${threads > 1 ? 's' : ''}`, note].filter((part) => part !== '').join(', ');
}

function runOne({ installed, around }: BenchmarkRun, job: Job, what: string): Promise<Outcome> {
  const { library, task, setting } = job;
  const name = `${task.name}, ${nameOf(library, setting)}, ${what}`;
  around.show(name);
  return runJob(job, installed.get(library)!, around, (done) =>
    around.show(`${name}, step ${done} of ${job.limits.steps}`),
  );
}

/** Peers may fail. This library may only report that it lacks a layer. */
function leaveOut(
  { failures }: BenchmarkRun,
  out: Set<Library>,
  task: Task,
  library: Library,
  outcome: Exclude<Outcome, { readonly kind: 'done' }>,
): void {
  if (library === 'chainrule' && outcome.kind === 'failed')
    throw new ChainruleError(`bench: ${task.name} on this library must run, got ${outcome.reason}`);
  out.add(library);
  failures.push({ workload: task.name, library, reason: outcome.reason });
}
