import { aFunction, checkThat } from '@chainrule/errors/check';
import type { Callbacks, EpochLogs, EpochPosition } from './callbacks.ts';
import type { Logs } from './trainingMetric.ts';

/** loss 0.6931  accuracy 0.5000; from a thousand on, without decimals */
export function showLogs(logs: Logs): string {
  return Object.entries(logs)
    .filter(([name]) => name !== 'epoch')
    .map(([name, value]) => `${name} ${value.toFixed(Math.abs(value) < 1000 ? 4 : 0)}`)
    .join('  ');
}

/** Callbacks that only show: a training loop of your own can call them too. */
export interface Progress {
  onEpochBegin(at: EpochPosition): void;
  onBatchEnd?(at: EpochPosition & { readonly batch: number; readonly logs: Logs }): void;
  onEpochEnd(logs: EpochLogs): void;
  onTrainEnd?(history: readonly EpochLogs[]): void;
  /** Where training fails: gives the terminal back. */
  onTrainError?(): void;
}

/**
 * One line an epoch.
 *
 * @param write - default `console.log`
 * @example
 * Object.keys(progressLines()); // => onEpochBegin,onEpochEnd
 */
// eslint-disable-next-line no-console -- printing is what it is for
export function progressLines(write: (line: string) => void = console.log): Progress {
  aFunction('progressLines', 'write', write);
  let start = 0;
  let at: EpochPosition | undefined;
  return {
    onEpochBegin(position) {
      at = position;
      start = performance.now();
    },
    onEpochEnd(logs) {
      write(
        `epoch ${logs.epoch + 1}/${at!.epochs}  ${showLogs(logs)}  ${((performance.now() - start) / 1000).toFixed(1)} s`,
      );
    },
  };
}

const aPageElement = /* @__PURE__ */ checkThat(
  'an element of a page, such as `document.body`',
  (value) => typeof (value as Partial<Page<Part>> | undefined)?.ownerDocument?.createElement === 'function',
);

/** What is used of a page's elements. */
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
