import { FormatError } from '@chainrule/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maybeGunzip } from '../archives/gunzip.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';
import { readText } from '../text/readLines.ts';
import { type LabeledSeries, readTimeSeries } from './readTimeSeries.ts';

const head = '@classLabel true a b\n@data\n';
const values = ({ series }: LabeledSeries): unknown => series.map((x) => x.toArray());

test('readTimeSeries turns channels into columns, and numbers classes in the order of the header', () => {
  const read = readTimeSeries(
    `\ufeff# a comment\r\n@problemName Test\r\n@Dimensions 2\r\n\r\n@seriesLength 3\r\n@classLabel true a b c\r\n@DATA\r\n#\r\n1, 2 ,3:-4.5,.5,6e1:c\r\n\r\n0,0,0:1,1,1:a\r\n`,
  );
  expect(values(read)).toEqual([
    [
      [1, -4.5],
      [2, 0.5],
      [3, 60],
    ],
    [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
  ]);
  expect([read.labels.toArray(), read.classes]).toEqual([
    [2, 0],
    ['a', 'b', 'c'],
  ]);
});

test('series may have any lengths unless the header sets one', () => {
  expect(readTimeSeries(`${head}1,2,3:a\n4:b`).series.map(({ shape }) => shape)).toEqual([
    [3, 1],
    [1, 1],
  ]);
  expect(readTimeSeries(`@equalLength false\n@seriesLength 3\n${head}4:b`).series[0]!.shape).toEqual([1, 1]);
  expect(readTimeSeries(head)).toEqual(expect.objectContaining({ series: [] }));
});

test('missing values throw unless `missing` is set', () => {
  expect(values(readTimeSeries(`${head}1,?:a`, { missing: -1 }))).toEqual([[[1], [-1]]]);
  expect(values(readTimeSeries(`${head}?:a`, { missing: NaN }))).toEqual([[[NaN]]]);
});

test('readTimeSeries errors name the problem and the line', () => {
  const problem = (text: string): string => {
    try {
      return `${readTimeSeries(text, { name: 'x.ts' }).series.length} series`;
    } catch (error) {
      return String(error);
    }
  };
  expect(
    [
      '',
      '@classLabel true a\n1,2:a',
      '@data\n',
      '@classLabel true\n@data\n',
      '@classLabel false\n@data\n',
      '@classLabel true a a\n@data',
      `@timeStamps true\n${head}`,
      `@dimensions six\n${head}`,
      `@univariate maybe\n${head}`,
      `${head}1,2:3,4:a\n1,2:a`,
      `@dimensions 3\n${head}1:2:a`,
      `@univariate true\n${head}1:2:a`,
      `@seriesLength 999999999\n${head}1:a`,
      `@equalLength true\n${head}1,2:a\n1:b`,
      `${head}1,2:3:a`,
      `${head}a`,
      `${head}1,2:d`,
      `${head}1,,3:a`,
      `${head}1,0x10:a`,
      `${head}1,?:a`,
    ].map(problem),
  ).toMatchInlineSnapshot(`
    [
      "FormatError: readTimeSeries: x.ts: expected a line @data, got none in line 1",
      "FormatError: readTimeSeries: x.ts: expected @data, and lines of @key value before it, got "1,2:a" in line 2",
      "FormatError: readTimeSeries: x.ts: expected @classLabel true and the classes before @data, got none in line 1",
      "FormatError: readTimeSeries: x.ts: expected @classLabel true and the classes, got "true" in line 1",
      "FormatError: readTimeSeries: x.ts: expected @classLabel true and the classes, got "false" in line 1",
      "FormatError: readTimeSeries: x.ts: expected unique class names, got ["a","a"] in line 1",
      "FormatError: readTimeSeries: x.ts: expected values without timestamps, got @timeStamps true in line 1",
      "FormatError: readTimeSeries: x.ts: expected @dimensions and a count from 1, got "six" in line 1",
      "FormatError: readTimeSeries: x.ts: expected @univariate true or false, got "maybe" in line 1",
      "FormatError: readTimeSeries: x.ts: expected 2 channels and a class, got 1 in line 4",
      "FormatError: readTimeSeries: x.ts: expected 3 channels and a class, got 2 in line 4",
      "FormatError: readTimeSeries: x.ts: expected one channel and a class, got 2 in line 4",
      "FormatError: readTimeSeries: x.ts: expected 999999999 values in channel 1, got 1 in line 4",
      "FormatError: readTimeSeries: x.ts: expected 2 values in channel 1, got 1 in line 5",
      "FormatError: readTimeSeries: x.ts: expected 2 values in channel 2, got 1 in line 3",
      "FormatError: readTimeSeries: x.ts: expected one channel and a class, got 0 in line 3",
      "FormatError: readTimeSeries: x.ts: expected one of the classes ["a","b"], got "d" in line 3",
      "FormatError: readTimeSeries: x.ts: expected a number, got "" in line 3",
      "FormatError: readTimeSeries: x.ts: expected a number, got "0x10" in line 3",
      "FormatError: readTimeSeries: x.ts: expected a number; set \`missing\` to replace missing values, got "?" in line 3",
    ]
  `);
});

test('readTimeSeries restores any series', () => {
  const number = fc.float({ noNaN: true, noDefaultInfinity: true });
  const set = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 })).chain(([channels, steps]) =>
    fc.array(
      fc.tuple(
        fc.array(fc.array(number, { minLength: steps, maxLength: steps }), {
          minLength: channels,
          maxLength: channels,
        }),
        fc.constantFrom('a', 'b'),
      ),
      { maxLength: 4 },
    ),
  );
  fc.assert(
    fc.property(set, (cases) => {
      const read = readTimeSeries(
        head +
          cases
            .map(([channels, label]) => [...channels.map((channel) => channel.map(String).join(',')), label].join(':'))
            .join('\n'),
      );
      expect(read.labels.toArray()).toEqual(cases.map(([, label]) => (label === 'a' ? 0 : 1)));
      for (const [i, [channels]] of cases.entries())
        expect(read.series[i]!.toArray()).toEqual(
          channels[0]!.map((_, t) => channels.map((channel) => channel[t]! + 0)),
        );
    }),
  );
});

test('readTimeSeries of any text gives series with equal channels or a FormatError', () => {
  const text = fc.oneof(
    fc.stringMatching(/^[@:,?a1.\n]{0,30}$/).map((rest) => head + rest),
    fc.stringMatching(/^(@(data|classLabel true a|dimensions 2|seriesLength 2)\n|[1:,a\n]){0,12}$/),
  );
  fc.assert(
    fc.property(text, (content) => {
      try {
        const { series, labels } = readTimeSeries(content);
        expect(labels.shape).toEqual([series.length]);
        for (const { shape } of series) expect(shape[1]).toBe(series[0]!.shape[1]);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        expect((error as Error).message).toMatch(/^readTimeSeries: text: expected .*, got .* in line \d+$/);
      }
    }),
    { numRuns: 2000 },
  );
});

describe.skipIf(!hasRealData('timeseries', 1))('real series', () => {
  test('readTimeSeries reads series of equal and of different lengths', async () => {
    const read = async (file: string): Promise<LabeledSeries> =>
      readTimeSeries(readText(await maybeGunzip(readRealData(`timeseries/${file}.ts.gz`))));
    const [motions, vowels] = [await read('BasicMotions_TRAIN'), await read('JapaneseVowels_TRAIN')];
    expect([motions.series.length, new Set(motions.series.map(({ shape }) => shape.join())), motions.classes]).toEqual([
      40,
      new Set(['100,6']),
      ['Standing', 'Running', 'Walking', 'Badminton'],
    ]);
    const lengths = vowels.series.map(({ shape }) => shape[0]);
    expect([
      vowels.series.length,
      Math.min(...lengths),
      Math.max(...lengths),
      vowels.series[0]!.shape[1],
      vowels.classes.length,
    ]).toEqual([270, 7, 26, 12, 9]);
    expect(vowels.series[0]!.data[0]).toBe(Math.fround(1.860936));
  });
});
