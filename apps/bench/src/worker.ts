import { readFileSync } from 'node:fs';
import { loadBackend } from './backends.ts';
import { prepareChainrule } from './chainrule.ts';
import { UnsupportedTaskError, type Job, type Library, type Message } from './job.ts';
import { measure, type Subject } from './measure.ts';
import { prepareJax } from './peers/jax.ts';
import { prepareOnnx } from './peers/onnx.ts';
import { prepareTfjs } from './peers/tfjs.ts';

const prepare: Record<Exclude<Library, 'torch'>, (job: Job) => Promise<Subject>> = {
  chainrule: async ({ task, backend, setting }) => prepareChainrule(task, await loadBackend(backend, setting.threads)),
  'tfjs-wasm': (job) => prepareTfjs(job, 'wasm'),
  'tfjs-cpu': (job) => prepareTfjs(job, 'cpu'),
  'jax-js': prepareJax,
  onnxruntime: prepareOnnx,
};

/**
 * Measures one JavaScript library in this process, and prints messages. `peers/torch_worker.py` does the same for
 * PyTorch.
 */
export async function runWorker(file: string): Promise<void> {
  const job = JSON.parse(readFileSync(file, 'utf8')) as Job;
  say(await answer(job));
  // Helpers of a library, such as its threads, may keep the process alive.
  process.stdout.write('', () => process.exit(0));
}

async function answer(job: Job): Promise<Message> {
  try {
    const subject = await prepare[job.library as keyof typeof prepare](job);
    const { losses, times } = await measure(subject, job.limits, (done) => say({ kind: 'step', done }));
    return { kind: 'done', losses, times, peakBytes: process.resourceUsage().maxRSS * 1024 };
  } catch (error) {
    if (error instanceof UnsupportedTaskError) return { kind: 'cannot', reason: error.message };
    throw error;
  }
}

function say(message: Message): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
