import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { TrainingData } from '../training/batches.ts';
import { barOn, progressBar, trainingOn } from './progressBar.node.ts';
import type { Callbacks } from './callbacks.ts';
import { batch, pretend, pretender } from '../../testing/model.ts';

const two = Object.assign([batch(2, 1), batch(4, 1)], { size: 2 });

/** All that is written to a terminal while a pretender trains, with how it ends. */
async function shown(
  data: TrainingData = two,
  callbacks: (output: NodeJS.WritableStream) => Callbacks = barOn,
  columns = 120,
): Promise<{ text: string; error: unknown }> {
  const output = Object.assign(new PassThrough(), { isTTY: true, columns });
  const error = await pretend(pretender(), data, { epochs: 2, callbacks: [callbacks(output)] }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { text: String(output.read() ?? ''), error };
}

const lines = (text: string): string[] =>
  stripVTControlCharacters(text)
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\d.]+ s$/, 'N s'))
    .filter((line) => line !== '');

describe('progressBar', () => {
  test('writes lines alone where there is no terminal', async () => {
    const written = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const before = process.stdout.isTTY;
    onTestFinished(() => {
      written.mockRestore();
      process.stdout.isTTY = before;
    });
    process.stdout.isTTY = false;
    await pretend(pretender(), two, { epochs: 2, callbacks: [progressBar()] });
    expect(lines(written.mock.calls.join('\n'))).toEqual(
      [1, 2].map((n) => `epoch ${n}/2  loss 3.0000  accuracy 0.3750  N s`),
    );
  });

  test('draws a bar for each epoch on a terminal, and then its line', async () => {
    const { text } = await shown();
    const found = lines(text).join('\n');
    expect(found).toMatch(/epoch 1\/2 [█░]+ 0\/2/);
    expect(found).toMatch(/epoch 2\/2 █+ 2\/2 {2}loss 3\.0000 {2}accuracy 0\.3750/);
    expect(found).toContain('epoch 2/2  loss 3.0000  accuracy 0.3750  N s');
    expect(text.lastIndexOf('\u001B[?25h')).toBeGreaterThan(text.lastIndexOf('\u001B[?25l')); // the cursor is back
  });

  test('writes every log of an epoch to a narrow terminal', async () => {
    const { text } = await shown(two, barOn, 24);
    expect(stripVTControlCharacters(text)).toMatch(/epoch 2\/2 {2}loss 3\.0000\n {2}accuracy 0\.3750 {2}[\d.]+ s\n/);
  });

  test('has no bar where the number of batches is not known', async () => {
    const { text } = await shown([batch(2, 1)]);
    expect(text).not.toMatch(/[█░]/);
    expect(lines(text)).toHaveLength(2);
  });

  test('gives the terminal back where training fails', async () => {
    const { text, error } = await shown(Object.assign([batch(NaN, 1)], { size: 1 }));
    expect(String(error)).toContain('the loss must be finite');
    expect(text).toContain('\u001B[?25l');
    expect(text.lastIndexOf('\u001B[?25h')).toBeGreaterThan(text.lastIndexOf('\u001B[?25l'));
  });

  test('draws one bar and one line for a training', async () => {
    const { text } = await shown(two, trainingOn);
    expect(lines(text).join('\n')).toMatch(/epoch 0\/2 ░+.*epoch 2\/2 █+ {2}loss 3\.0000/);
    expect(
      text.match(/epoch .* s\n/g)?.map((line) =>
        lines(line)
          .at(-1)!
          .replace(/^.*left/, ''),
      ),
    ).toEqual(['epoch 2/2  loss 3.0000  accuracy 0.3750  N s']);
    expect(text.lastIndexOf('\u001B[?25h')).toBeGreaterThan(text.lastIndexOf('\u001B[?25l'));
    expect(
      (await shown(Object.assign([batch(NaN, 1)], { size: 1 }), trainingOn)).text.match(/\[\?25[lh]/g)?.at(-1),
    ).toBe('[?25h');
  });

  test('writes the one line of a training where there is no terminal, and again for the next', async () => {
    const written = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    onTestFinished(() => void written.mockRestore());
    const callback = trainingOn(undefined);
    for (const epochs of [2, 3, 0]) await pretend(pretender(), two, { epochs, callbacks: [callback] });
    expect(lines(written.mock.calls.join('\n'))).toEqual(
      [2, 3].map((n) => `epoch ${n}/${n}  loss 3.0000  accuracy 0.3750  N s`),
    );
  });

  test('refuses what is neither an epoch nor a training', () => {
    expect(() => progressBar({ per: 'batch' as never })).toThrow(
      'progressBar: `per` must be "epoch" or "training", got "batch"',
    );
  });
});
