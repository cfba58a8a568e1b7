import { aFunction, checkThat } from '@chainrule/errors/check';
import type { Callbacks, EpochLogs, EpochPosition } from './callbacks.ts';
import type { Logs } from '../training/trainingMetric.ts';
import { terminalColumns } from '../terminalColumns.ts';

/** Formats logs, such as `loss 0.6931  accuracy 0.5000`. Values of 1000 or more have no decimals. */
export function showLogs(logs: Logs, decimals = 4): string {
  return Object.entries(logs)
    .filter(([name]) => name !== 'epoch')
    .map(([name, value]) => `${name} ${value.toFixed(Math.abs(value) < 1000 ? decimals : 0)}`)
    .join('  ');
}

/** Callbacks that display progress. Your own training loop may call them, too. */
export interface Progress {
  onEpochBegin(at: EpochPosition): void;
  onBatchEnd?(at: EpochPosition & { readonly batch: number; readonly logs: Logs }): void;
  onEpochEnd(logs: EpochLogs): void;
  onTrainEnd?(history: readonly EpochLogs[]): void;
  /** Restores the terminal if training fails. */
  onTrainError?(): void;
}

/**
 * Writes a line for each epoch, or several to a narrower terminal.
 *
 * @param write - default `console.log`
 * @example
 * Object.keys(progressLines()); // => onEpochBegin,onEpochEnd
 */
export function progressLines(write?: (line: string) => void): Progress {
  if (write !== undefined) aFunction('progressLines', 'write', write);
  // eslint-disable-next-line no-console -- printing is what it is for
  return write ? linesIn(() => Infinity, write) : linesIn(terminalColumns, (line) => console.log(line));
}

/** Writes a line for each epoch, wrapped to at most `columns()` characters. */
export function linesIn(columns: () => number, write: (line: string) => void): Progress {
  let start = 0;
  let at: EpochPosition | undefined;
  return {
    onEpochBegin(position) {
      at = position;
      start = performance.now();
    },
    onEpochEnd(logs) {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      write(inColumns(`epoch ${logs.epoch + 1}/${at!.epochs}  ${showLogs(logs)}  ${seconds} s`, columns()));
    },
  };
}

/** A text in lines of at most `columns` letters, cut at gaps of two spaces. Further lines are indented. */
export function inColumns(text: string, columns: number): string {
  const lines: string[] = [];
  for (const part of text.split('  ')) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)}  ${part}`;
    if (lines.length > 0 && longer.length > columns) lines.push(`  ${part}`);
    else lines.splice(-1, 1, longer);
  }
  return lines.join('\n');
}

const aPageElement = /* @__PURE__ */ checkThat(
  'an element of a page, such as `document.body`',
  (value) => typeof (value as Partial<Page<Part>> | undefined)?.ownerDocument?.createElement === 'function',
);

/** The methods of a page's elements that progress displays use. */
interface Page<E extends Part> {
  readonly ownerDocument: { createElement(name: string): E };
  append(...children: NoInfer<E>[]): void;
}
interface Part {
  textContent: string | null;
  value?: number;
  max?: number;
}

/**
 * A progress bar in a page: a `<progress>` and a line of text under `parent`.
 *
 * @param parent - the element that gets them
 * @example
 * const parent = { ownerDocument: { createElement: () => ({ textContent: '' }) }, append: () => undefined };
 * Object.keys(progressElement(parent)); // => onTrainBegin,onBatchEnd
 */
export function progressElement<E extends Part>(parent: Page<E>): Callbacks {
  aPageElement('progressElement', 'parent', parent);
  const bar = parent.ownerDocument.createElement('progress');
  const text = parent.ownerDocument.createElement('span');
  return {
    onTrainBegin: () => parent.append(bar, text),
    onBatchEnd({ epoch, epochs, batch, batches, logs }) {
      bar.max = epochs;
      bar.value = epoch + (batches === undefined ? 0 : (batch + 1) / batches);
      text.textContent = `epoch ${epoch + 1}/${epochs}  ${showLogs(logs)}`;
    },
  };
}
