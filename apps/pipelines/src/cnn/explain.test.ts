import type { Figure, GraphFigure, ImageFigure, PanelFigure } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { explain } from './explain.ts';

testSurroundings('explain');

describe('cnn explain', () => {
  test('shows filters, activation maps, and what the predictions depend on', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(explain, { limit: 300, epochs: 1 }, figures);
    const named = (title: string) => figures.find((figure) => figure.title === title);
    const filters = named('filters of the first layer') as ImageFigure;
    expect([filters.images.length, filters.images[0]!.width]).toEqual([8, 5]);
    const maps = named('activation maps') as PanelFigure<ImageFigure>;
    expect(maps.panels.map(({ images }) => images[0]!.width)).toEqual([24, 10, 8]);
    const maximized = named('images that maximize units') as ImageFigure;
    expect(maximized.images.map(({ caption, width }) => [caption.split(':')[0], width])).toEqual(
      [...Array(16).keys()].map((unit) => [`unit ${unit}`, 28]),
    );
    for (const title of ['saliency', 'Grad-CAM'])
      expect((named(title) as ImageFigure).images.map(({ caption }) => caption.split(' ')[0])).toEqual(
        Array(3).fill(['image', 'class']).flat(),
      );
    const occlusion = figures.find(({ title }) => /occlu/i.test(title)) as PanelFigure;
    expect(occlusion.panels.map(({ kind }) => kind)).toEqual(['images', 'cells']);
    const network = named('the network') as GraphFigure;
    expect(network.nodes).toHaveLength(8);
    expect(report.parameters).toBe(26 * 8 + 73 * 16 + 145 * 32 + 330);
  });
});
