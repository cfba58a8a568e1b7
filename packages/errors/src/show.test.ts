import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { showByString, showShape, showValue } from './index.ts';

test('showShape joins sizes without spaces', () => {
  expect([[], [0], [2, 3, 4]].map(showShape)).toEqual(['[]', '[0]', '[2,3,4]']);
});

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['null', null],
  ['NaN', NaN],
  ['-Infinity', -Infinity],
  ['1e+21', 1e21],
  ['-5n', -5n],
  ['true', true],
  ['""', ''],
  ['"a\\"b\\n"', 'a"b\n'],
  ['Symbol(s)', Symbol('s')],
  ['[]', []],
  ['[undefined,null,"1",1n]', [undefined, null, '1', 1n]],
  ['[undefined,1]', Object.assign(new Array<number>(2), { 1: 1 })],
  ['[[[[…]]]]', [[[[[]]]]]],
  ['function relu', function relu() {}],
  [
    'function (anonymous)',
    (
      () => () =>
        0
    )(),
  ],
  ['Map', new Map()],
  ['Float32Array', new Float32Array(2)],
  ['{}', {}],
  ['{}', Object.create(null)],
  ['{ constructor: null }', { constructor: null }],
  ['{ units: 10, activation: "relu" }', { units: 10, activation: 'relu' }],
  ['{ x: [[1,2]], y: Map }', { x: [[1, 2]], y: new Map() }],
  ['Object', { a: 1, b: 2, c: 3, d: 4, e: 5 }],
  ['Object', { call: () => 1 }],
  [
    'Object',
    {
      get size() {
        throw new Error('a getter was called');
      },
    },
  ],
  ['object', new (class {})()],
  [
    '5',
    new (class Named {
      static name = 5;
    })(),
  ],
])('showValue gives %s', (shown, value) => {
  expect(showValue(value)).toBe(shown);
});

test('showValue shortens long strings and lists', () => {
  expect(showValue('x'.repeat(40))).toBe(`"${'x'.repeat(40)}"`);
  expect(showValue('x'.repeat(41))).toBe(`"${'x'.repeat(40)}…"`);
  expect(showValue([1, 2, 3, 4, 5, 6, 7, 8])).toBe('[1,2,3,4,5,6,7,8]');
  expect(showValue(Array.from({ length: 1e5 }, (_, i) => i))).toBe('[0,1,2,3,4,5,6,7,… 100000 in all]');
});

test('showValue never splits a character', () => {
  expect(showValue('😀'.repeat(40))).toBe(`"${'😀'.repeat(40)}"`);
  expect(showValue(`x${'😀'.repeat(60)}`)).toBe(`"x${'😀'.repeat(39)}…"`);
  expect(showValue('\ud83d')).toBe('"\\ud83d"');
});

test('showValue ends for cyclic and for huge nested lists', () => {
  const cyclic: unknown[] = [1];
  cyclic.push(cyclic);
  expect(showValue(cyclic)).toBe('[1,[1,[1,[…]]]]');
  const wide = new Array(1e5).fill(new Array(1e5).fill(new Array(1e5).fill('x'.repeat(1e5))));
  expect(showValue(wide).length).toBeLessThan(30_000);
});

type Formatter = Record<'header' | 'hasBody' | 'body', (value: unknown) => unknown>;

class Two {
  toString(): string {
    return 'first line\nsecond <line>';
  }
}

describe('showByString', () => {
  test('shows objects by their strings, alone and within others, and those of classes that extend', () => {
    showByString(Two);
    class Three extends Two {}
    expect([inspect(new Two()), inspect({ a: new Three() })]).toEqual([
      'first line\nsecond <line>',
      '{\n  a: first line\n  second <line>\n}',
    ]);
  });

  test('adds one formatter to the console of a page, which leaves other values alone', () => {
    const page = globalThis as { devtoolsFormatters?: Formatter[] };
    onTestFinished(() => {
      vi.unstubAllGlobals();
      delete page.devtoolsFormatters;
    });
    vi.stubGlobal('document', {});
    const other = { header: () => null, hasBody: () => false, body: () => null };
    page.devtoolsFormatters = [other];
    showByString(class extends Two {});
    showByString(class extends Two {});
    expect(page.devtoolsFormatters).toHaveLength(2);
    const { header, hasBody, body } = page.devtoolsFormatters[1]!;
    const two = new Two();
    expect([header(two), hasBody(two), body(two)]).toEqual([
      ['span', {}, 'first line'],
      true,
      ['pre', {}, 'first line\nsecond <line>'],
    ]);
    for (const value of [null, undefined, 1, 'text', {}, [two], Two])
      expect([header(value), hasBody(value)]).toEqual([null, false]);
  });

  test('leaves programs without a page alone', () => {
    showByString(class extends Two {});
    expect(globalThis).not.toHaveProperty('devtoolsFormatters');
  });
});
