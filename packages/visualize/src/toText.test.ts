import { describe, expect, test } from 'vitest';
import { examples } from '../testing/examples.ts';
import type { CellFigure, LineFigure, PointFigure } from './figure.ts';
import { counted } from './figures/counted.ts';
import { toText } from './toText.ts';

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
    [0, -0.5],
  ],
  scale: 'weight',
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
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length));

describe('toText', () => {
  test.each(Object.keys(examples).flatMap((name) => [20, 40, 80, 200].map((columns) => [name, columns] as const)))(
    'draws %s in %i columns',
    (name, columns) => {
      const text = toText(examples[name]!, { columns });
      expect(text).not.toMatch(/NaN|undefined|\u001b/);
      expect(widest(text)).toBeLessThanOrEqual(columns);
    },
  );

  test('writes years in full', () => {
    const points: [number, number][] = [
      [1971, 0.5],
      [2018, 2],
    ];
    const text = toText({ kind: 'lines', title: 'growth', x: 'year', y: 'count', series: [{ name: 'a', points }] });
    expect(text).toMatch(/1971 .*2018/);
  });

  test('draws as many values as memory holds', () => {
    const count = 200_000;
    const values = [new Array<number>(count).fill(1)];
    const columns = values[0]!.map(() => '');
    const text = toText({ ...weights, title: 'w'.repeat(count), columns, rows: ['le'], values }, { columns: 200 });
    expect(text).toContain('███');
  });

  test('draws curves over their own stretch of the axis', () => {
    const text = toText(curves);
    expect(text).toMatch(/^forecast: passengers over month \(truth, LSTM\)\n/);
    const longest = (line: string): number => line.trimEnd().length;
    // The second curve begins at the right end: above the first one's end nothing else is drawn.
    expect([...new Set(text.split('\n').slice(2, 5).map(longest))].every((length) => length < 40 || length > 65)).toBe(
      true,
    );
    expect(text).toContain(' 1000');
  });

  test('colors curves where it is told to, and adds a legend', () => {
    expect(toText(curves, { color: true })).toContain('\u001b[');
  });

  test.each([[[]], [[5]], [[1, 1, 1]], [[NaN]], [[1, Infinity]]])('draws the values %j', (values) => {
    expect(toText({ ...curves, series: [counted('one', values)] })).toContain('forecast');
  });

  test('draws weights as shades, dark where they are large', () => {
    expect(toText(weights).split('\n')).toEqual([
      'alignment (target down, source across)',
      'le │███   ',
      'la │   −▒▒',
      '     1  2',
      'source: 1 the, 2 the',
    ]);
  });

  test('writes counts in columns, and the columns that have no room below', () => {
    const counts: CellFigure = { ...weights, labels: [['1000', '2'], ['·', '77']] }; // prettier-ignore
    expect(toText(counts).split('\n').slice(1)).toEqual(['le │  1000     2', 'la │     ·    77', '       the   the']);
    const many = { ...counts, columns: Array(8).fill('c'), values: [Array(8).fill(1), Array(8).fill(1)] } as CellFigure;
    const labels = [Array(8).fill('1000'), Array(8).fill('2')] as string[][];
    expect(
      toText({ ...many, labels }, { columns: 30 })
        .split('\n')
        .slice(2),
    ).toEqual([
      'le │  1000  1000  1000  1000',
      'la │     2     2     2     2',
      '         c     c     c     c',
      'le │  1000  1000  1000  1000',
      'la │     2     2     2     2',
      '         c     c     c     c',
    ]);
  });

  test('writes names where their points are, and a dot where a name has no room', () => {
    const lines = toText(words).split('\n');
    expect([lines[1], lines.at(-1)]).toEqual(['king', `${' '.repeat(75)}queen`]);
    const crowded = toText({ ...words, points: [...words.points, { name: 'prince', x: 0.02, y: 1 }] });
    expect(crowded).not.toContain('prince');
    expect(toText({ ...words, points: [{ name: 'alone', x: 1, y: 1 }] })).toContain('alone');
  });

  test('draws the region of each group behind the points, and leaves out points beyond the plane', () => {
    const lines = toText({
      ...words,
      points: [
        { x: 0.25, y: 0.75, group: 'yes' },
        { x: 9, y: 0, group: 'no' },
      ],
      groups: ['no', 'yes'],
      regions: { x: [0, 1], y: [0, 1], groups: [[1, 0]] },
    }).split('\n');
    const half = '.'.repeat(40);
    expect(lines.slice(1, 3)).toEqual([half, half]);
    expect(lines[6]).toBe(`${'.'.repeat(20)}+${'.'.repeat(19)}`);
    expect(lines.at(-1)).toBe('o no, + yes (region .)');
  });

  test('lists boxes with the numbers of those before them', () => {
    const nodes = [{ title: 'left' }, { title: 'right' }, { title: 'add', lines: ['[?,8]', '3 parameters'] }];
    const edges = [{ from: 0, to: 2 }, { from: 1, to: 2, label: 'output 2' }]; // prettier-ignore
    expect(toText({ kind: 'graph', title: 'sum', nodes, edges }).split('\n')).toEqual([
      'sum',
      '1. left',
      '2. right',
      '3. add, [?,8], 3 parameters; from 1, 2 (output 2)',
    ]);
    expect(toText({ kind: 'graph', title: 'sum', nodes, edges }, { columns: 20 }).split('\n').slice(3)).toEqual([
      '3. add, [?,8], 3',
      '   parameters; from',
      '   1, 2 (output 2)',
    ]);
  });

  test('draws two rows of pixels a line, and reduces wide images', () => {
    const image = { width: 2, height: 4, channels: 1, caption: '2 read as 7' } as const;
    const data = Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255);
    expect(toText({ kind: 'images', title: 'wrong', images: [{ ...image, data }] })).toBe('wrong\n2 read as 7\n\n██');
    const wide = { ...image, width: 100, height: 2, data: new Uint8Array(200).fill(255) };
    expect(toText({ kind: 'images', title: 'wide', images: [wide] }, { columns: 30 })).toBe(
      `wide\n2 read as 7\n${'█'.repeat(25)}`,
    );
  });
});
