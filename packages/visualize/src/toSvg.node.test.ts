import { tensor } from '@chainrule/tensor';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { examples } from '../testing/examples.ts';
import type { CellFigure } from './figure.ts';
import { plotImages } from './figures/plotImages.ts';
import { dark, palette } from './svg/theme.ts';
import { toElement } from './toElement.ts';
import { toPng } from './toPng.node.ts';
import { toSvg } from './toSvg.node.ts';

const cells = examples['alignment'] as CellFigure;

/** The contrast of two colors by WCAG 2: from 1 to 21. */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const share = parseInt(color.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

describe('toSvg', () => {
  test.each(Object.entries(examples))('draws %s with a title and a text alternative', (_, figure) => {
    const text = toSvg(figure);
    expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(text).toContain(`<title>${figure.title}</title>`);
    expect(text).toMatch(/<desc>.+<\/desc>/);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('takes colors from the page, or brings its own', () => {
    const figure = examples['history']!;
    const [open, light, night] = [toSvg(figure), toSvg(figure, { theme: 'light' }), toSvg(figure, { theme: 'dark' })];
    expect(open).toMatch(/fill="currentColor"/);
    expect(open).toContain(`var(--chainrule-1, ${palette[0]})`);
    // Nothing is black or white, and no background hides the page.
    expect(open).not.toMatch(/fill="(#000|#fff|black|white)|width="100%"/);
    expect(light).toMatch(/color="#1f2328".*fill="#ffffff"/);
    expect(night).toMatch(new RegExp(`color="#e6e8eb".*fill="${dark}"`));
    expect(light + night).not.toContain('var(');
  });

  test.each(palette)('%s stands out on light and dark pages', (color) => {
    expect(contrast(color, '#ffffff')).toBeGreaterThan(3);
    expect(contrast(color, dark)).toBeGreaterThan(3);
  });

  test('writes years without a separator, and larger numbers with one', () => {
    const lines = (points: [number, number][]): string =>
      toSvg({ kind: 'lines', title: 'growth', x: 'year', y: 'count', series: [{ name: 'a', points }] });
    const small = lines([
      [1970, 0],
      [2020, 4000],
    ]);
    expect(small).toMatch(/>1970</);
    expect(small).toMatch(/>4000</);
    expect(small).not.toMatch(/>\d,\d{3}</);
    const points = toSvg({
      kind: 'points',
      title: 'growth',
      x: 'year',
      y: 'count',
      points: [1970.5, 1990, 2020].map((x) => ({ x, y: -4000, label: 'a' })),
    });
    expect(points).toMatch(/>1980</);
    expect(points).not.toMatch(/>[−-]?\d,\d{3}</);
    expect(lines([[20000, 1], [40000, 2]])).toMatch(/>40,000</); // prettier-ignore
  });

  test('draws the same twice', () => {
    expect(toSvg(cells)).toBe(toSvg(cells));
  });

  test('escapes what would be markup', () => {
    expect(toSvg({ ...cells, rows: ['<script>', '&', 'c', 'd', 'e'] })).toContain('&lt;script&gt;');
  });

  test('draws tables and sheets without entries', () => {
    const empty: CellFigure = { ...cells, columns: [], rows: [], values: [] };
    expect(toSvg(empty)).toContain('<svg');
    expect(toSvg({ kind: 'images', title: 'none', images: [] })).toContain('none');
    expect(toSvg({ kind: 'panels', title: 'none', panels: [] })).toContain('none');
    expect(toSvg({ kind: 'graph', title: 'none', nodes: [], edges: [] })).not.toContain('Infinity');
    expect(toSvg({ kind: 'points', title: 'none', x: 'x', y: 'y', points: [] })).toContain('none');
    expect(toSvg({ ...cells, values: cells.values.map((row) => row.map(() => NaN)) })).not.toContain('NaN');
  });

  test('says which part of a figure is wrong', () => {
    expect(() => toSvg({ ...cells, values: [[1]] })).toThrow(
      'toSvg: `figure.values` must be 5 rows of 7, as there are names, got [[1]]',
    );
    const box = { kind: 'graph', title: 'a box', nodes: [{ title: 'a', group: 'b' }], edges: [] } as const;
    expect(() => toSvg({ ...box, edges: [{ from: 0, to: 1 }] })).toThrow(
      'toSvg: `figure.edges` must be arrows between the 1 boxes',
    );
    expect(() => toSvg({ ...box, groups: ['c'] })).toThrow('`figure.nodes` must be boxes of the groups c, got "b"');
    expect(() => toSvg({ ...cells, kind: 'pie' } as never)).toThrow('toSvg: `figure.kind` must be "lines"');
  });
});

describe('toPng', () => {
  test('draws a picture twice as large, in the colors of the theme', async () => {
    const png = await toPng(cells, { sharp, theme: 'dark' });
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const [, width] = /width="(\d+)"/.exec(toSvg(cells))!;
    expect(info.width).toBe(2 * Number(width));
    expect([...data.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(dark.slice(1));
  });

  test('shows the pixels of images, such as a sheet of augmented variants', async () => {
    const colors = [
      [200, 30, 40],
      [10, 220, 60],
      [20, 90, 250],
    ] as const;
    const image = (color: readonly number[]): Uint8Array =>
      Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => color[i % 3]!);
    const images = tensor(Uint8Array.from(colors.flatMap((color) => [...image(color)])), [3, 4, 4, 3]);
    const png = await toPng(plotImages(images, { title: 'sheet' }), { sharp, theme: 'light' });
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const pixels = new Set<string>();
    for (let at = 0; at < data.length; at += info.channels) pixels.add([...data.subarray(at, at + 3)].join());
    for (const color of colors) expect(pixels).toContain(color.join());
  });
});

test('toElement needs a page', () => {
  expect(() => toElement(cells)).toThrow('toElement: expected a page, got no `document`');
});
