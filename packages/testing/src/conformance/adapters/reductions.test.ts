import { describe, it } from 'vitest';
import { expectFailure, expectLike, expectPass, type Spelt } from './expectCase.ts';

const values = [5, 1, 20, 2, 30, 1, 40, 2, 55, 1, 60, 2].map((v) => v / 16 + 0.25);
const x: Spelt = [values, [3, 2, 2]];

/** Joins lines of `[3, 2, 2]` along the axes. */
function joined(v: readonly number[], axes: readonly number[], join: (line: number[]) => number): number[] {
  const lines = new Map<number, number[]>();
  v.forEach((value, at) => {
    const place = [Math.floor(at / 4), Math.floor(at / 2) % 2, at % 2];
    const key = place.reduce((k, p, axis) => k * 4 + (axes.includes(axis) ? 0 : p), 0);
    lines.set(key, [...(lines.get(key) ?? []), value]);
  });
  return [...lines].sort(([a], [b]) => a - b).map(([, line]) => join(line));
}

const sum = (line: readonly number[]): number => line.reduce((a, b) => a + b, 0);

describe('reductions', () => {
  const kinds: [string, object, (line: number[]) => number][] = [
    ['sum', {}, sum],
    ['mean', {}, (line) => sum(line) / line.length],
    ['max', {}, (line) => Math.max(...line)],
    ['min', {}, (line) => Math.min(...line)],
    ['prod', {}, (line) => line.reduce((a, b) => a * b, 1)],
    ['sumSquare', {}, (line) => sum(line.map((v) => v * v))],
    ['logSum', {}, (line) => Math.log(sum(line))],
    ['logSumExp', {}, (line) => Math.log(sum(line.map(Math.exp)))],
    ['vectorNorm', { ord: 1 }, (line) => sum(line.map(Math.abs))],
    ['vectorNorm', { ord: 2 }, (line) => Math.hypot(...line)],
    ['vectorNorm', {}, (line) => Math.hypot(...line)],
  ];
  const ways: [object, number[], number[]][] = [
    [{ axis: [1] }, [1], [3, 2]],
    [{ axis: [-2], keepDims: true }, [1], [3, 1, 2]],
    [{ axis: [0, 2], keepDims: true }, [0, 2], [1, 2, 1]],
    [{ keepDims: true }, [0, 1, 2], [1, 1, 1]],
    [{}, [0, 1, 2], []],
  ];
  // Distinct values keep the finite differences of max and min off their kinks.
  const distinct: Spelt = [values.map((v, i) => v + i / 64), x[1]];
  for (const [op, own, join] of kinds) {
    for (const [attrs, axes, shape] of ways) {
      it(`${op} ${JSON.stringify({ ...own, ...attrs })}`, () =>
        expectLike(
          op,
          { ...own, ...attrs },
          { x: distinct },
          { shape, of: (inputs) => joined(inputs.x!, axes, join) },
        ));
    }
  }

  it.each<[string, object, Spelt, Spelt]>([
    ['sum', { axis: [1] }, [[1, 2, 3, 4], [2, 2], 'int32'], [[3, 7], [2], 'int32']],
    ['max', { axis: [0] }, [[0, 1, 1, 0], [2, 2], 'int32'], [[1, 1], [2], 'int32']],
    [
      'sum',
      { axis: [1] },
      [[], [2, 0, 4]],
      [
        [0, 0, 0, 0, 0, 0, 0, 0],
        [2, 4],
      ],
    ],
    [
      'prod',
      { axis: [1], keepDims: true },
      [[], [1, 0, 2]],
      [
        [1, 1],
        [1, 1, 2],
      ],
    ],
    ['all', { axis: [1] }, [[1, 1, 1, 0], [2, 2], 'int32'], [[1, 0], [2], 'int32']],
    ['any', {}, [[0, 0, 1, 0], [2, 2], 'int32'], [[1], [], 'int32']],
    [
      'argMax',
      { axis: 0 },
      [
        [2, 1, 2, 10],
        [2, 2],
      ],
      [[0, 1], [2], 'int32'],
    ],
    [
      'argMax',
      { axis: -1, keepDims: true },
      [
        [2, 2, 3, 10],
        [2, 2],
      ],
      [[0, 1], [2, 1], 'int32'],
    ],
    [
      'argMin',
      { axis: 1 },
      [
        [2, 1, 10, 10],
        [2, 2],
      ],
      [[1, 0], [2], 'int32'],
    ],
  ])('%s %j of %j', (op, attrs, input, output) => expectPass(op, attrs, { x: input }, { output }));

  it('variance and std with a correction', async () => {
    const variance = (line: number[], by: number): number =>
      sum(line.map((v) => (v - sum(line) / line.length) ** 2)) / (line.length - by);
    await expectLike(
      'variance',
      { axis: [0], correction: 1 },
      { x },
      { shape: [2, 2], of: (inputs) => joined(inputs.x!, [0], (line) => variance(line, 1)) },
    );
    await expectLike(
      'std',
      { axis: [0] },
      { x },
      { shape: [2, 2], of: (inputs) => joined(inputs.x!, [0], (line) => Math.sqrt(variance(line, 0))) },
    );
  });

  it('refuses other norms', () => expectFailure('vectorNorm', { ord: 3 }, { x }, 'not supported: attribute `ord` 3'));
});

describe('along an axis', () => {
  const matrix: Spelt = [
    [1, -2, 0.5, 4, 0.25, -1],
    [2, 3],
  ];
  const columns = (v: readonly number[], of: (line: number[]) => number[]): number[] => {
    const lines = [0, 1, 2].map((c) => of([v[c]!, v[c + 3]!]));
    return [0, 1].flatMap((r) => lines.map((line) => line[r]!));
  };
  const rows = (v: readonly number[], of: (line: number[]) => number[]): number[] => [
    ...of(v.slice(0, 3)),
    ...of(v.slice(3)),
  ];
  const softmax = (line: number[]): number[] => line.map((v) => Math.exp(v) / sum(line.map(Math.exp)));
  const running = (line: number[]): number[] => line.map((_, i) => sum(line.slice(0, i + 1)));
  const exclusive = (line: number[]): number[] => line.map((_, i) => sum(line.slice(0, i)));
  const reversed =
    (of: (line: number[]) => number[]) =>
    (line: number[]): number[] =>
      of([...line].reverse()).reverse();
  it.each<
    [string, object, (v: readonly number[], of: (line: number[]) => number[]) => number[], (line: number[]) => number[]]
  >([
    ['softmax', { axis: 0 }, columns, softmax],
    ['softmax', {}, rows, softmax],
    ['logSoftmax', { axis: -2 }, columns, (line) => softmax(line).map(Math.log)],
    ['logSoftmax', { axis: 1 }, rows, (line) => softmax(line).map(Math.log)],
    ['cumsum', { axis: 0 }, columns, running],
    ['cumsum', { axis: -1, exclusive: true }, rows, exclusive],
    ['cumsum', { axis: 1, reverse: true }, rows, reversed(running)],
    ['cumsum', { axis: 0, reverse: true, exclusive: true }, columns, reversed(exclusive)],
    [
      'cumprod',
      { axis: 1, reverse: true, exclusive: true },
      rows,
      reversed((line) => line.map((_, i) => line.slice(0, i).reduce((a, b) => a * b, 1))),
    ],
  ])('%s %j', (op, attrs, lines, of) =>
    expectLike(op, attrs, { x: matrix }, { shape: [2, 3], of: (inputs) => lines(inputs.x!, of) }),
  );

  it('cumsum of integers', () =>
    expectPass(
      'cumsum',
      { axis: 0, exclusive: true },
      { x: [[1, 2, 3], [3], 'int32'] },
      { output: [[0, 1, 3], [3], 'int32'] },
    ));
});
