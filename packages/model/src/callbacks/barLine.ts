import type { Logs } from '../training/trainingMetric.ts';
import { showLogs } from './progress.ts';

/** What a progress bar shows. */
export interface BarState {
  /** What comes before the bar, such as `epoch 1/3`. */
  readonly head: string;
  readonly value: number;
  readonly total: number;
  /** Whether to show `value/total` behind the bar. */
  readonly counted: boolean;
  readonly logs: Logs;
  /** Seconds. */
  readonly left: number;
}

/** The letters of a bar, at least and at most. */
const [shortest, longest] = [10, 40];

/**
 * A line with a bar, all logs and the time left, no longer than `columns`. What has no room goes in this order: the bar, the
 * count of batches, decimals, and the last logs, in place of which an ellipsis stands.
 */
export function barLine(state: BarState, columns: number): string {
  const { head, value, total, counted, logs, left } = state;
  const count = counted ? `${value}/${total}` : '';
  const [time, text] = [showSeconds(left), showLogs(logs)];
  const join = (...parts: readonly string[]): string => parts.filter(Boolean).join('  ');
  const rest = join(`${head} `, [count, text].filter(Boolean).join('  '), `${time} left`);
  const room = Math.min(longest, columns - rest.length);
  if (room >= shortest)
    return join(`${head} ${barOf(value / total, room)}${count && ` ${count}`}`, text, `${time} left`);
  const entries = Object.entries(logs).filter(([name]) => name !== 'epoch');
  const short = entries.map((_, i) => {
    const some = entries.slice(0, entries.length - i);
    return `${head} ${showLogs(Object.fromEntries(some), 2).replace(/ {2}/g, ' ')}${i > 0 ? ' …' : ''} ${time}`;
  });
  const lines = [
    join(head, count, text, `${time} left`),
    join(head, text, `${time} left`),
    ...short,
    `${head} ${time}`,
  ];
  const most = columns - time.length - 2;
  const cut = most > 0 ? `${head.slice(0, most)}… ${time}` : time.slice(0, columns);
  return lines.find((line) => line.length <= columns) ?? cut;
}

function barOf(share: number, size: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share || 0)) * size);
  return '█'.repeat(full) + '░'.repeat(size - full);
}

/** `75 s`, `2 min` or `3 h`; nobody can wait for an estimate that is not finite. */
function showSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '? s';
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
