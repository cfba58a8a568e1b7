import type { BrowserAnswer, BrowserJob } from './browserWorker.ts';
import { median, quantile } from './statistics.ts';
import { digits } from './tables.ts';
import { type Task, tasks } from './workloads.ts';

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const field = (id: string): HTMLInputElement => element<HTMLInputElement>(id);

/** Runs each measurement in a worker of its own, as Node runs it in a process. */
function measureInWorker(job: BrowserJob): Promise<readonly number[]> {
  const worker = new Worker(new URL('./browserWorker.ts', import.meta.url), { type: 'module' });
  return new Promise<readonly number[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<BrowserAnswer>) =>
      'times' in data ? resolve(data.times) : reject(new Error(data.error));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(job);
  }).finally(() => worker.terminate());
}

function addRow(cells: readonly string[]): void {
  const row = element('results').querySelector('tbody')!.insertRow();
  for (const text of cells) row.insertCell().textContent = text;
}

async function measureSelected(): Promise<void> {
  const threads = Number(field('threads').value);
  const limits = { warmUp: 5, warmMs: 1500, steps: Number(field('steps').value), timedMs: 1000, budgetMs: 30_000 };
  for (const task of tasks) {
    if (!field(task.name).checked) continue;
    element('status').textContent = `measuring ${task.name}`;
    try {
      const once =
        task.kind === 'epochs' || task.kind === 'compile'
          ? { ...limits, warmUp: 0, warmMs: 0, steps: 1, timedMs: 0 }
          : limits;
      const times = await measureInWorker({ task, backend: field('backend').value, threads, limits: once });
      addRow([
        task.name,
        String(threads),
        ...[median(times), quantile(times, 0.1), quantile(times, 0.9)].map(digits),
        String(times.length),
      ]);
    } catch (error) {
      addRow([task.name, String(threads), (error as Error).message]);
    }
  }
  element('status').textContent = 'done';
}

function addWorkload({ name, title }: Task): void {
  const label = document.createElement('label');
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', id: name, checked: name === 'W1' });
  label.append(box, ` ${name}: ${title}`);
  element('workloads').append(label, document.createElement('br'));
}

tasks.forEach(addWorkload);
element('about').textContent =
  `${navigator.hardwareConcurrency} logical cores, shared memory ${crossOriginIsolated ? 'available' : 'not available'}`;
field('backend').value = 'wasm';
element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const button = element('form').querySelector('button')!;
  button.disabled = true;
  void measureSelected().finally(() => (button.disabled = false));
});
