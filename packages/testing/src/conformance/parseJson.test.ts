import { describe, expect, it } from 'vitest';
import { parseJson } from './parseJson.ts';

describe('parseJson', () => {
  it.each([
    '{"a": [1, -2.5e-3, 0, 1E5], "b": {"c": null, "d": [true, false]}, "": []}',
    '"\\u00e9\\n\\"\\\\"',
    ' [ ] ',
    '{}',
    '-0',
    '{"__proto__": 1}',
  ])('reads %s as JSON.parse does', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('takes NaN and the infinities', () => {
    expect(parseJson('[NaN, Infinity, -Infinity, "NaN"]')).toEqual([NaN, Infinity, -Infinity, 'NaN']);
  });

  it.each([
    ['{"a": 1,}', 'line 1, column 9: expects a string, got "}"'],
    ['[1,\n 2\n 3]', 'line 3, column 2: expects "]", got "3"'],
    ['[1', 'line 1, column 3: expects "]", got the end of the file'],
    ['', 'line 1, column 1: expects a value, got the end of the file'],
    ['[01]', 'line 1, column 3: expects "]", got "1"'],
    ['[-]', 'line 1, column 2: expects a value, got "-"'],
    ['[] x', 'line 1, column 4: expects the end, got "x"'],
    ['"a\nb"', 'line 1, column 1: expects a string, got "\\""'],
    ['[tru]', 'line 1, column 2: expects a value, got "t"'],
    ['{1: 2}', 'line 1, column 2: expects a string, got "1"'],
    ['['.repeat(1e5), 'line 1, column 102: expects at most 100 levels, got "["'],
  ])('says where %s is wrong', (text, message) => {
    expect(() => parseJson(text)).toThrow(message);
  });
});
