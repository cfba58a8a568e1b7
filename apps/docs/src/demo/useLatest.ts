import { Stopped } from './Connection.ts';
import type { DemoSession } from './DemoSession.ts';

/**
 * Returns a function that runs `work`, unless it runs already: then it runs once more afterwards, so that the last call counts.
 * Between two runs pass at least `gap` milliseconds while the demo trains.
 */
export function useLatest(session: DemoSession, work: () => Promise<void>, gap = 200): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      try {
        await work();
      } catch (error) {
        if (session.state.status !== 'failed' && !(error instanceof Stopped)) console.warn(error);
      }
      if (session.state.status === 'running') await new Promise((resolve) => setTimeout(resolve, gap));
    }
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
