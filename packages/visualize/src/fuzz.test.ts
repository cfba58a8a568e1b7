import { describe, expect, test } from 'vitest';
import { noise, range } from '../testing/noise.ts';
import { textBoxes } from '../testing/textBoxes.ts';
import type { Figure } from './figure.ts';
import { toSvg } from './toSvg.node.ts';
import { toText } from './toText.ts';

const numbers = [0, 1, -1, NaN, Infinity, -Infinity, 1e-300, 1e300, 0.1, 1234567.891, -3e-7];
const texts = ['', 'a', 'two words', 'extraordinarily_long_name_without_a_space', '字符', '\n', '<&>', 'x'.repeat(300)];
const unprintable = ['\u001b[31mred', '\0', 'a\rb', '\ud800', 'a\udc00', '\u007f', '\u009b1m', '\ufffe'];
/** Control characters, lone surrogates, and the two codes that XML forbids besides. */
const forbidden = /(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u;
/** A choice that depends on the case and the place only. */
const pick = <T>(from: readonly T[], i: number): T => from[Math.floor((noise(i) + 0.5) * from.length) % from.length]!;

/** A figure of each kind, with numbers and texts that are hard to draw. */
function figuresOf(seed: number): Figure[] {
  const count = [0, 1, 2, 7][seed % 4]!;
  let next = seed * 1000;
  const number = (): number => (seed % 3 === 0 ? 5 : pick(numbers, next++));
  const text = (): string => pick([...texts, ...unprintable], next++);
  const many = <T>(make: () => T, n = count): T[] => range(n).map(make);
  const common = { title: text(), x: text(), y: text() };
  const point = (): readonly [number, number] => [number(), number()];
  return [
    { kind: 'lines', ...common, scale: 'log', xScale: seed % 2 ? 'log' : 'linear', series: many(() => ({ name: text(), points: many(point) })) }, // prettier-ignore
    {
      kind: 'cells',
      ...common,
      columns: many(text),
      rows: many(text),
      values: many(() => many(number)),
      scale: text(),
    },
    { kind: 'points', ...common, points: many(() => ({ x: number(), y: number(), name: text(), group: text() })), lines: [{ name: text(), points: many(point) }] }, // prettier-ignore
    { kind: 'categories', ...common, names: many(text), bars: many(() => ({ name: text(), values: many(number) }), 2) },
    { kind: 'surface', ...common, scale: text(), levels: seed % 2 ? 'log' : 'linear', heights: { x: [-1, 1], y: [0, 1e-9], values: many(() => many(number, 3), 3) }, paths: many(() => ({ name: text(), points: many(point) })) }, // prettier-ignore
    { kind: 'tokens', title: text(), tokens: many(text), weights: many(number), scale: text() },
    {
      kind: 'parallel',
      title: text(),
      best: 'least',
      axes: many(() => ({ name: text(), values: many(number), scale: 'log' })),
    },
    {
      kind: 'bars',
      ...common,
      edges: [0, 1, 2],
      bars: many(() => ({ name: text(), counts: many(() => pick([0, 1, 7, 1e6], next++), 2) })),
    },
    { kind: 'images', title: text(), images: many(() => ({ width: 1, height: 1, channels: 1, data: new Uint8Array(1), caption: text() })) }, // prettier-ignore
    { kind: 'graph', title: text(), nodes: many(() => ({ title: text(), lines: many(text) })), edges: [] },
  ];
}

describe('figures with hard numbers and texts', () => {
  test.each(range(12))('are drawn (case %i)', (seed) => {
    for (const figure of figuresOf(seed)) {
      const of = `${figure.kind} of case ${seed}`;
      const svg = toSvg(figure, { width: 400 });
      expect(svg.replace(/<desc>[\s\S]*?<\/desc>/, ''), of).not.toMatch(/NaN|undefined|Infinity/);
      expect(svg, of).not.toMatch(forbidden);
      const { boxes, width, height } = textBoxes(svg);
      const isCut = boxes.filter(({ corners }) =>
        corners.some(([x, y]) => x < -1 || y < -1 || x > width + 1 || y > height + 1),
      );
      expect(
        isCut.map(({ text }) => text),
        of,
      ).toEqual([]);
      const text = toText(figure, { columns: 50 });
      expect(text, of).not.toMatch(forbidden);
      const lines = text.split('\n');
      expect(Math.max(...lines.map((line) => [...line].length)), of).toBeLessThanOrEqual(50);
    }
  });
});
