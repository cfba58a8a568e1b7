import { ChainruleError } from '@chainrule/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

const matches = (regex: string, text: string): string[] => {
  const places = compilePattern('test', { regex })(text);
  return Array.from({ length: places.length / 2 }, (_, i) => text.slice(places[2 * i], places[2 * i + 1]));
};

test('texts match as they stand', () => {
  expect(compilePattern('test', '.b*')('a.b*c.b*')).toEqual([1, 4, 5, 8]);
});

test('classes and boundaries mean all of Unicode, as in Oniguruma', () => {
  expect(matches('\\d+', 'a1٣b')).toEqual(['1٣']);
  expect(matches('[\\w-]+', 'é-ñ!xⒶ²')).toEqual(['é-ñ', 'xⒶ']);
  expect(matches('\\w+', 'x²\u200dy')).toEqual(['x²', 'y']);
  expect(matches('\\bé', 'é té')).toEqual(['é']);
  expect(matches('\\W\\D', 'é, x')).toEqual([', ']);
  expect(matches('\\s', 'a\u0085b\ufeffc\u200bd\u3000')).toEqual(['\u0085', '\u3000']);
  expect(matches('\\S+', 'a\u0085b\ufeffc')).toEqual(['a', 'b\ufeffc']);
  expect(matches('[\\p{Han}\\p{hira gana}]+|\\p{^L}', '東の1')).toEqual(['東の', '1']);
  expect(matches('[[:alpha:]&&[^aeiou]]+|[[:^word:]]', 'abcé!')).toEqual(['bcé', '!']);
  expect(matches('.', '\r\n\u2028')).toEqual(['\r', '\u2028']);
});

test('anchors are those of lines and of the text', () => {
  expect(compilePattern('test', { regex: '^' })('a\nb\n')).toEqual([0, 0, 2, 2]);
  expect(compilePattern('test', { regex: '$' })('a\nb\n')).toEqual([1, 1, 3, 3, 4, 4]);
  expect(matches('\\Aa|b\\Z|c\\z', 'aab\n')).toEqual(['a', 'b']);
  expect(matches('c\\z|\\R', 'c\r\n\nc')).toEqual(['\r\n', '\n', 'c']);
});

test('quantifiers are greedy, lazy or possessive', () => {
  expect(matches('a++a', 'aaa')).toEqual([]);
  expect(matches('(?>a|ab)c|a*+b', 'abcaab')).toEqual(['ab', 'aab']);
  expect(matches('a{1,2}?', 'aaa')).toEqual(['a', 'a', 'a']);
  expect(matches('a{2}+', 'aaaaa')).toEqual(['aaaa']);
  expect(matches('a{,2}b|{', 'aaab{')).toEqual(['aab', '{']);
  expect(matches('(?:ab?)*?c', 'abac')).toEqual(['abac']);
});

test('groups ignore case where they say so, and only there, beyond ASCII too', () => {
  expect(matches("(?i:'s|'ll)x|y", "'Sx 'lLx 'sX 'ſx Y y")).toEqual(["'Sx", "'lLx", "'ſx", 'y']);
  expect(matches('(?i:[a-c]\\p{L})d', 'BXd bxD')).toEqual(['BXd']);
  expect(matches('(?i)é|σ+', 'Éςe')).toEqual(['É', 'ς']);
  expect(matches('(?i:STRASSE|ﬁ|[ß]x)', 'straße FI ssX')).toEqual(['straße', 'FI', 'ssX']);
  expect(matches('a(?i)b|c', 'aB C aC')).toEqual(['aB', 'aC']);
});

test('looks see before and behind', () => {
  expect(matches('\\d{1,3}(?=(?:\\d{3})*\\b)', '1234567')).toEqual(['1', '234', '567']);
  expect(matches('(?<=a|bc)d|(?<!x)e', 'ad bcd xd xe e')).toEqual(['d', 'd', 'e']);
});

test('the expression of Llama 3 compiles', () => {
  const llama =
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  expect(matches(llama, "It'LL cost 12345 €!\n\n ok")).toEqual([
    'It',
    "'LL",
    ' cost',
    ' ',
    '123',
    '45',
    ' €!\n\n',
    ' ok',
  ]);
});

test('constructs that are not read are refused by name', () => {
  const problem = (regex: string): string => {
    try {
      compilePattern('test', { regex });
      return 'none';
    } catch (error) {
      expect(error).toBeInstanceOf(ChainruleError);
      return (error as Error).message.replace(/^.*, with /, '');
    }
  };
  const regexes = [
    '(a)\\1',
    '\\k<n>',
    '\\G',
    '\\Ka',
    '\\X',
    '(?~a)',
    '(?(1)a)',
    '(?s)a',
    '(?W:a)',
    '(*FAIL)',
    '(?P<n>a)',
    '\\p{Nonsense}',
    '[[:foo:]]',
    '[a',
    '[]',
    '(',
    'a)',
    '*a',
    'a{2,1}',
    'a{1001}',
    '(?:a{999}){999}',
    '(a*)*',
    '(?=a)*',
    '(?<=a+)b',
    '[\\w-.]',
    '[b-a]',
    '\\q',
    '\\x{110000}',
    '\\',
    '(?i:[^a[^b]])',
    `${'('.repeat(201)}`,
  ];
  expect(Object.fromEntries(regexes.map((regex) => [regex.slice(0, 20), problem(regex)]))).toMatchInlineSnapshot(`
    {
      "(": "\`(\` without \`)\` at 1",
      "((((((((((((((((((((": "groups within more than 200 groups at 200",
      "(*FAIL)": "the group (*FAI at 1",
      "(?(1)a)": "the group (?(1) at 1",
      "(?:a{999}){999}": "none",
      "(?<=a+)b": "a look behind at more than 255 characters at 7",
      "(?=a)*": "a quantifier after what has no width at 6",
      "(?P<n>a)": "the group (?P<n at 1",
      "(?W:a)": "the group (?W:a at 1",
      "(?i:[^a[^b]])": "a negated class within a class whose case is ignored at 9",
      "(?s)a": "the group (?s)a at 1",
      "(?~a)": "the group (?~a) at 1",
      "(a)\\1": "the escape \\1 at 4",
      "(a*)*": "an endless repetition of what may be empty at 5",
      "*a": "a quantifier after nothing at 0",
      "[[:foo:]]": "the POSIX class [:foo:] at 8",
      "[\\w-.]": "\`-\` after a set at 3",
      "[]": "\`[\` without \`]\` at 2",
      "[a": "\`[\` without \`]\` at 2",
      "[b-a]": "a range whose end is less than its start at 4",
      "\\": "the end where a character must be at 1",
      "\\G": "the escape \\G at 1",
      "\\Ka": "the escape \\K at 1",
      "\\X": "the escape \\X at 1",
      "\\k<n>": "the escape \\k at 1",
      "\\p{Nonsense}": "the property \\p{Nonsense} at 12",
      "\\q": "the escape \\q at 1",
      "\\x{110000}": "a number that no character has at 10",
      "a)": "\`)\` without \`(\` at 1",
      "a{1001}": "more than 1000 repetitions at 7",
      "a{2,1}": "an interval whose end is less than its start at 6",
    }
  `);
  for (const pattern of ['', { regex: '' }, null, { regex: 1 }])
    expect(() => compilePattern('test', pattern as string)).toThrow('test: `pattern` must');
});

test('time is linear in the text where JavaScript takes for ever', () => {
  const long = 'a'.repeat(5_000);
  for (const regex of [
    '(a+)+$',
    '(a|aa)+$',
    '(a|a)*b',
    'a*a*a*a*b',
    '(?:a*b)+?c|\\s+$',
    '[ab]+?c',
    'a+b|a+c',
    '(?:(?:a+)+)+b',
  ]) {
    const text = `${long}!${' '.repeat(5_000)}x`;
    expect(compilePattern('test', { regex })(text), regex).toEqual([]);
  }
  expect(() => compilePattern('test', { regex: '(?=(a|aa)+$)a' })(`${long}!`)).toThrow(
    '`pattern` must match in linear time, got "(?=(a|aa)+$)a"',
  );
});

test('matches are JavaScript’s where both read an expression alike', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '[ab]',
    '[^a]',
    '.',
    'é',
    '(?:ab)',
    '(?:a|bb)',
    '(?:b|)',
    '(?=a)',
    '(?!b)',
    '(?<=a)',
    '(?<!b)',
  );
  const part = fc
    .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?'))
    .map(([item, sign]) => (/^\(\?(?:[<=!]|:b)/.test(item) ? item : item + sign));
  const branch = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  const regexes = fc.oneof(
    branch,
    fc.tuple(branch, branch).map(([a, b]) => `${a}|${b}`),
    fc.tuple(branch, branch).map(([a, b]) => `(?:${a}|b${b})${a}`),
  );
  fc.assert(
    fc.property(
      regexes,
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'c'), minLength: 1, maxLength: 12 }),
      (regex, text) => {
        const places = compilePattern('test', { regex })(text);
        const wanted: number[] = [];
        // An empty match right after another is none, in Rust.
        for (const { 0: match, index } of text.matchAll(new RegExp(regex, 'gu')))
          if (match || index !== wanted.at(-1)) wanted.push(index, index + match.length);
        expect(places).toEqual(wanted);
      },
    ),
    { numRuns: 2000 },
  );
});
