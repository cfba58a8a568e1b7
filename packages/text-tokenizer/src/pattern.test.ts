import { ChainruleError } from '@chainrule/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

const matches = (regex: string, text: string): string[] => {
  const places = compilePattern('test', { regex })(text);
  return Array.from({ length: places.length / 2 }, (_, i) => text.slice(places[2 * i], places[2 * i + 1]));
};

test('a text pattern matches literally', () => {
  expect(compilePattern('test', '.b*')('a.b*c.b*')).toEqual([1, 4, 5, 8]);
});

test('classes and word boundaries cover all of Unicode, as in Oniguruma', () => {
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

test('anchors match at lines and at the ends of the text', () => {
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

test('case-insensitive groups ignore case within the group only, even beyond ASCII', () => {
  expect(matches("(?i:'s|'ll)x|y", "'Sx 'lLx 'sX 'ſx Y y")).toEqual(["'Sx", "'lLx", "'ſx", 'y']);
  expect(matches('(?i:[a-c]\\p{L})d', 'BXd bxD')).toEqual(['BXd']);
  expect(matches('(?i)é|σ+', 'Éςe')).toEqual(['É', 'ς']);
  expect(matches('(?i:STRASSE|ﬁ|[ß]x)', 'straße FI ssX')).toEqual(['straße', 'FI', 'ssX']);
  expect(matches('a(?i)b|c', 'aB C aC')).toEqual(['aB', 'aC']);
});

test('lookaheads and lookbehinds match without consuming text', () => {
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

test('the error for an unsupported construct names it', () => {
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
      "(": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(": unterminated \`(\` at 1",
      "((((((((((((((((((((": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "((((((((((((((((((((((((((((((((((((((((…": more than 200 nested groups at 200",
      "(*FAIL)": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(*FAIL)": unsupported group (*FAI at 1",
      "(?(1)a)": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(?(1)a)": unsupported group (?(1) at 1",
      "(?:a{999}){999}": "none",
      "(?<=a+)b": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(?<=a+)b": lookbehind of more than 255 characters at 7",
      "(?=a)*": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(?=a)*": quantifier after a lookaround or anchor at 6",
      "(?P<n>a)": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(?P<n>a)": unsupported group (?P<n at 1",
      "(?W:a)": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(?W:a)": unsupported group (?W:a at 1",
      "(?i:[^a[^b]])": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(?i:[^a[^b]])": negated class in a case-insensitive class at 9",
      "(?s)a": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(?s)a": unsupported group (?s)a at 1",
      "(?~a)": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(?~a)": unsupported group (?~a) at 1",
      "(a)\\1": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(a)\\\\1": unsupported escape \\1 at 4",
      "(a*)*": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "(a*)*": unbounded repetition of an expression that may be empty at 5",
      "*a": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "*a": quantifier without an operand at 0",
      "[[:foo:]]": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "[[:foo:]]": unknown POSIX class [:foo:] at 8",
      "[\\w-.]": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "[\\\\w-.]": \`-\` after a set at 3",
      "[]": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "[]": unterminated \`[\` at 2",
      "[a": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "[a": unterminated \`[\` at 2",
      "[b-a]": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "[b-a]": range out of order at 4",
      "\\": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "\\\\": unexpected end at 1",
      "\\G": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "\\\\G": unsupported escape \\G at 1",
      "\\Ka": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "\\\\Ka": unsupported escape \\K at 1",
      "\\X": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "\\\\X": unsupported escape \\X at 1",
      "\\k<n>": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "\\\\k<n>": unsupported escape \\k at 1",
      "\\p{Nonsense}": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "\\\\p{Nonsense}": unknown property \\p{Nonsense} at 12",
      "\\q": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "\\\\q": unsupported escape \\q at 1",
      "\\x{110000}": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "\\\\x{110000}": invalid code point at 10",
      "a)": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "a)": unmatched \`)\` at 1",
      "a{1001}": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "a{1001}": more than 1000 repetitions at 7",
      "a{2,1}": "test: \`pattern\` must be an Oniguruma expression that this package supports, got "a{2,1}": interval out of order at 6",
    }
  `);
  for (const pattern of ['', { regex: '' }, null, { regex: 1 }])
    expect(() => compilePattern('test', pattern as string)).toThrow('test: `pattern` must');
});

test('time is linear in the text even if JavaScript takes exponential time', () => {
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

test('matches agree with JavaScript for expressions that mean the same in both', () => {
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
        // In Rust, an empty match never follows another match directly.
        for (const { 0: match, index } of text.matchAll(new RegExp(regex, 'gu')))
          if (match || index !== wanted.at(-1)) wanted.push(index, index + match.length);
        expect(places).toEqual(wanted);
      },
    ),
    { numRuns: 2000 },
  );
});
