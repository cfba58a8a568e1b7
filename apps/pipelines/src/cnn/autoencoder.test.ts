import { full } from '@chainrule/tensor';
import type { Figure, ImageFigure, PanelFigure } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { autoencoder } from './autoencoder.ts';
import { addNoise, cutHole } from './damage.ts';

testSurroundings('autoencoder');

describe('cnn autoencoder', () => {
  test('draws images, and begins a classifier with an encoder', async () => {
    const figures: Figure[] = [];
    const report = (await runOnce(autoencoder, { limit: 60, epochs: 1 }, figures)) as Summary;
    const names = ['dense', 'convolutional', 'denoising', 'in-painting', 'from scratch', 'pretrained'];
    expect(report.tasks.map(({ task }) => task)).toEqual(names.map((name) => `cnn autoencoder ${name}`));
    const drawings = figures.find(({ title }) => title === 'drawings') as PanelFigure<ImageFigure>;
    expect(drawings.panels.map(({ images }) => images[0]!.caption)).toEqual(
      Array(7).fill(drawings.panels[0]!.images[0]!.caption),
    );
    expect(Object.keys(report.metrics)[0]).toBe('testLoss');
    expect(report.metrics['testLoss']).toBe(report.tasks[1]!.metrics['testLoss']);
    // A mean over gray values of 0 to 1 differs from them by their variance, which is at most 1/4.
    expect(report.metrics['meanImageError']).toBeGreaterThan(0.01);
    expect(report.metrics['meanImageError']).toBeLessThan(0.25);
    expect(report.metrics['noisyError']).toBeGreaterThan(report.metrics['holedError']!);
  });
});

describe('damage', () => {
  const gray = full([3, 28, 28, 1], 120, 'uint8');

  test('addNoise adds numbers of the given deviation, others for other seeds', () => {
    const noise = [...addNoise(gray, 20, 1).data].map((value) => value - 120);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const deviation = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length);
    // Standard errors over 2,352 pixels: 0.41 and 0.29.
    expect(Math.abs(mean)).toBeLessThan(2);
    expect(Math.abs(deviation - 20)).toBeLessThan(1.5);
    expect(addNoise(gray, 20, 2).data).not.toEqual(addNoise(gray, 20, 1).data);
    expect(Math.min(...addNoise(gray, 500, 1).data)).toBe(0);
  });

  test('cutHole blackens a square of each image, and leaves the rest', () => {
    const holed = cutHole(gray, 8, 1).data;
    for (let i = 0; i < 3; i++) {
      const dark = [...holed.slice(i * 784, (i + 1) * 784)].flatMap((value, at) => (value === 0 ? [at] : []));
      const [rows, columns] = [dark.map((at) => Math.floor(at / 28)), dark.map((at) => at % 28)];
      expect([dark.length, Math.max(...rows) - Math.min(...rows), Math.max(...columns) - Math.min(...columns)]).toEqual(
        [64, 7, 7],
      );
    }
    expect([...holed].filter((value) => value === 120)).toHaveLength(3 * (784 - 64));
  });
});
