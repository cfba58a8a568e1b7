import { loadBackend } from './backends.ts';
import { prepareChainrule } from './chainrule.ts';
import { type Limits, measure } from './measure.ts';
import type { Task } from './workloads.ts';

export interface BrowserJob {
  readonly task: Task;
  readonly backend: string;
  readonly threads: number;
  readonly limits: Limits;
}
export type BrowserAnswer = { readonly times: readonly number[] } | { readonly error: string };

async function answer({ task, backend, threads, limits }: BrowserJob): Promise<BrowserAnswer> {
  try {
    return { times: (await measure(await prepareChainrule(task, await loadBackend(backend, threads)), limits)).times };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

// In a worker, `postMessage` takes no origin, but the types are those of a page.
const scope = self as unknown as {
  onmessage: (event: MessageEvent<BrowserJob>) => void;
  postMessage(answer: BrowserAnswer): void;
};
scope.onmessage = ({ data }) => void answer(data).then((result) => scope.postMessage(result));
