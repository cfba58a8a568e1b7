import { describe, expect, test } from 'vitest';
import { type CellFigure, counted, type LineFigure, type PointFigure } from './figure.ts';
import { svgFigure } from './svgFigure.ts';
import { terminalFigure } from './terminalFigure.ts';

const curves: LineFigure = {
  kind: 'lines',
  title: 'forecast',
  x: 'month',
  y: 'passengers',
  series: [
    counted(
      'truth',
      Array.from({ length: 1000 }, (_, i) => 2 - i / 999),
    ),
    {
      name: 'LSTM',
      points: [
        [900, 1],
        [1000, 1.5],
      ],
    },
  ],
};
const weights: CellFigure = {
  kind: 'cells',
  title: 'alignment',
  x: 'source',
  y: 'target',
  columns: ['the', 'the'],
  rows: ['le', 'la'],
  values: [
    [1, 0],
    [0, 0.5],
  ],
};
const words: PointFigure = {
  kind: 'points',
  title: 'words',
  x: 'first',
  y: 'second',
  points: [
    { name: 'king', x: 0, y: 1 },
    { name: 'queen', x: 1, y: 0 },
  ],
};

describe('terminalFigure', () => {
  test('draws curves over their own stretch of the axis, at most 80 columns wide', () => {
    const text = terminalFigure(curves, { color: false });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^forecast: passengers over month \(truth, LSTM\)\n/);
    const longest = (line: string): number => line.trimEnd().length;
    // The second curve begins at the right end: above the first one's end nothing else is drawn.
    expect([...new Set(text.split('\n').slice(2, 5).map(longest))].every((length) => length < 40 || length > 65)).toBe(
      true,
    );
    expect([text.includes(' 1000'), text.includes('\u001b')]).toEqual([true, false]);
  });

  test('has colors where it is told so, and a legend', () => {
    expect(terminalFigure(curves, { color: true })).toContain('\u001b[');
  });

  test.each([[[]], [[5]], [[1, 1, 1]]])('draws the values %j', (values) => {
    expect(terminalFigure({ ...curves, series: [counted('one', values)] }, { color: false })).toContain('forecast');
  });

  test('draws weights as shades, dark where they are large', () => {
    expect(terminalFigure(weights).split('\n')).toEqual([
      'alignment (target down, source across)',
      'le │███   ',
      'la │   ▒▒▒',
      '     1  2 ',
      'source: 1 the, 2 the',
    ]);
  });

  test('writes names where their points are', () => {
    const lines = terminalFigure(words).split('\n');
    expect([lines[1], lines.at(-1)]).toEqual(['king', `${' '.repeat(70)}queen`]);
  });
});

describe('svgFigure', () => {
  test.each([curves, weights, words])('makes a picture of $kind with its title and names', (figure) => {
    const text = svgFigure(figure);
    expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    const names = { lines: ['truth', 'LSTM', 'passengers'], cells: ['the', 'le', 'la'], points: ['king', 'queen'] }[
      figure.kind
    ];
    for (const name of [figure.title, ...names]) expect(text).toContain(name);
    expect(text).not.toContain('NaN');
  });

  test('escapes what would be markup', () => {
    expect(svgFigure({ ...weights, rows: ['<script>', '&'] })).toContain('&lt;script&gt;');
  });
});
