import { expect, test } from 'vitest';
import { inColumns, progressElement, progressLines, showLogs } from './progress.ts';
import { batch, pretend, pretender } from '../../testing/model.ts';

test('progressLines writes one line an epoch', async () => {
  const lines: string[] = [];
  await pretend(pretender(), [batch(2, 1)], {
    epochs: 2,
    validation: [],
    callbacks: [progressLines((line) => void lines.push(line.replace(/[\d.]+ s$/, 'N s')))],
  });
  expect(lines).toEqual(
    [1, 2].map((n) => `epoch ${n}/2  loss 2.0000  accuracy 0.5000  valLoss 7.0000  valAccuracy 0.5000  N s`),
  );
});

test.each([
  [Infinity, ['epoch 1/2  loss 0.5000  accuracy 0.7500  valLoss 0.5500  1.2 s']],
  [40, ['epoch 1/2  loss 0.5000  accuracy 0.7500', '  valLoss 0.5500  1.2 s']],
  [20, ['epoch 1/2', '  loss 0.5000', '  accuracy 0.7500', '  valLoss 0.5500', '  1.2 s']],
])('a line for %i columns keeps each log whole', (columns, expected) => {
  expect(inColumns(expected.map((line) => line.trim()).join('  '), columns).split('\n')).toEqual(expected);
});

test('large logs have no decimals', () => {
  expect(showLogs({ epoch: 3, loss: 0.25, wordsPerSecond: 140_053.4 })).toBe('loss 0.2500  wordsPerSecond 140053');
});

interface Fake {
  readonly name: string;
  textContent: string | null;
  value?: number;
  max?: number;
}

/** An element that collects what is put under it. */
function page(): {
  readonly children: Fake[];
  readonly ownerDocument: { createElement(name: string): Fake };
  append(...more: Fake[]): void;
} {
  const children: Fake[] = [];
  return {
    children,
    ownerDocument: { createElement: (name) => ({ name, textContent: null }) },
    append: (...more) => void children.push(...more),
  };
}

test('progressElement shows how far training is, and its last logs', async () => {
  const parent = page();
  const seen: (number | undefined)[] = [];
  const progress = progressElement(parent);
  const watch = { onBatchEnd: () => void seen.push(parent.children[0]!.value) };
  expect(parent.children).toEqual([]);
  await pretend(pretender(), Object.assign([batch(2, 1), batch(4, 1)], { size: 2 }), {
    epochs: 2,
    callbacks: [progress, watch],
  });
  const [bar, text] = parent.children;
  expect(parent.children.map(({ name }) => name)).toEqual(['progress', 'span']);
  expect(seen).toEqual([0.5, 1, 1.5, 2]);
  expect([bar!.max, text!.textContent]).toEqual([2, 'epoch 2/2  loss 3.0000  accuracy 0.3750']);
});

test('progressElement counts epochs where the number of batches is not known', async () => {
  const parent = page();
  await pretend(pretender(), [batch(2, 1)], { epochs: 3, callbacks: [progressElement(parent)] });
  expect(parent.children[0]!.value).toBe(2);
});

test('progressElement takes an element of a page', () => {
  // Only the types matter here: `HTMLElement` has these, whose elements have no `value`.
  interface HtmlLike {
    textContent: string | null;
    readonly ownerDocument: { createElement(name: string): HtmlLike };
    append(...nodes: (HtmlLike | string)[]): void;
  }
  expect((parent: HtmlLike) => progressElement(parent)).toBeTypeOf('function');
});
