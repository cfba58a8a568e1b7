import { expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

const matches = (regex: string, text: string): string[] => text.match(compilePattern('test', { regex })) ?? [];

test('texts match as they stand', () => {
  expect('a.b*c'.replace(compilePattern('test', '.b*'), () => '')).toBe('ac');
});

test('classes and boundaries mean all of Unicode', () => {
  expect(matches('\\d+', 'a1٣b')).toEqual(['1٣']);
  expect(matches('[\\w-]+', 'é-ñ!x')).toEqual(['é-ñ', 'x']);
  expect(matches('\\bé', 'é té')).toEqual(['é']);
  expect(matches('\\W\\D', "é, x")).toEqual([', ']);
});

test('groups ignore case where they say so, and only there', () => {
  expect(matches("(?i:'s|'ll)x|y", "'Sx 'lLx 'sX Y y")).toEqual(["'Sx", "'lLx", 'y']);
  expect(matches('(?i:[a-c]\\p{L})d', 'BXd bxD')).toEqual(['BXd']);
});

test('the expression of Llama 3 compiles', () => {
  const llama = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  expect(matches(llama, "It'LL cost 12345 €!\n\n ok")).toEqual(['It', "'LL", ' cost', ' ', '123', '45', ' €!\n\n', ' ok']);
});

test('what JavaScript does not know is refused', () => {
  for (const regex of ['a++', '[a[b]]', '[[:alpha:]]', '(?x)a', '\\Aa', '(', '', '[\\W]', '(?<n>a)(?<n>b)']) {
    expect(() => compilePattern('test', { regex }), regex).toThrow('test: `pattern` must be text or an expression that JavaScript compiles too, got');
  }
});
