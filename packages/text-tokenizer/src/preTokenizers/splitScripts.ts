import { scriptNames } from '../patterns/scriptNames.ts';
import type { PreTokenizer } from '../pipeline.ts';

/** Characters added since Unicode 8, which have no script in the Rust library. */
const newCharacters = /* @__PURE__ */ new RegExp(
  '[\\u{a7af}\\u{a7b8}-\\u{a7dc}\\u{a7f1}-\\u{a7f6}\\u{ab66}-\\u{ab69}\\u{10780}-\\u{10785}\\u{10787}-\\u{107b0}\\u{107b2}-\\u{107ba}\\u{1df00}-\\u{1df1e}\\u{1df25}-\\u{1df2a}\\u{560}\\u{588}\\u{5ef}\\u{61d}\\u{7fd}-\\u{7ff}\\u{860}-\\u{89f}\\u{8b5}\\u{8be}-\\u{8d3}\\u{9fc}-\\u{9fe}\\u{a76}\\u{afa}-\\u{aff}\\u{b55}\\u{c04}\\u{c3c}\\u{c5c}-\\u{c5d}\\u{c77}\\u{c84}\\u{cdc}-\\u{cdd}\\u{cf3}-\\u{d00}\\u{d04}\\u{d3b}-\\u{d3c}\\u{d81}\\u{e86}\\u{e89}\\u{e8c}\\u{e8e}-\\u{e93}\\u{e98}\\u{ea0}\\u{ea8}-\\u{ea9}\\u{eac}\\u{eba}\\u{ece}\\u{170d}\\u{1715}-\\u{171f}\\u{180f}\\u{1878}\\u{1abf}-\\u{1aeb}\\u{1b4c}-\\u{1b4f}\\u{1b7d}-\\u{1b7f}\\u{1c89}-\\u{1cbf}\\u{1cf7}\\u{1cfa}\\u{1df6}-\\u{1dfa}\\u{20bf}-\\u{20c1}\\u{23ff}\\u{2427}-\\u{2429}\\u{2b96}-\\u{2b97}\\u{2bba}-\\u{2bbc}\\u{2bc9}\\u{2bd2}-\\u{2beb}\\u{2bf0}-\\u{2bff}\\u{2c2f}\\u{2c5f}\\u{2e45}-\\u{2e5d}\\u{2ffc}-\\u{2fff}\\u{312e}-\\u{312f}\\u{31bb}-\\u{31bf}\\u{31e4}-\\u{31ef}\\u{32ff}\\u{4db6}-\\u{4dbf}\\u{9fd6}-\\u{9fff}\\u{a82c}\\u{a8fe}-\\u{a8ff}\\u{ab6a}-\\u{ab6b}\\u{fbc2}-\\u{fbd2}\\u{fd40}-\\u{fd4f}\\u{fd90}-\\u{fd91}\\u{fdc8}-\\u{fdcf}\\u{fdfe}-\\u{fdff}\\u{1019c}\\u{1032d}-\\u{1032f}\\u{10570}-\\u{105f3}\\u{10940}-\\u{10959}\\u{10a34}-\\u{10a35}\\u{10a48}\\u{10d00}-\\u{10d8f}\\u{10e80}-\\u{10ff6}\\u{11070}-\\u{11075}\\u{110c2}-\\u{110cd}\\u{11144}-\\u{11147}\\u{111ce}-\\u{111cf}\\u{1123f}-\\u{11241}\\u{1133b}\\u{11380}-\\u{113e2}\\u{1145a}\\u{1145e}-\\u{11461}\\u{116b8}-\\u{116b9}\\u{116d0}-\\u{116e3}\\u{1171a}\\u{11740}-\\u{1183b}\\u{11900}-\\u{11abf}\\u{11b00}-\\u{11bf9}\\u{11d00}-\\u{11fff}\\u{12f90}-\\u{12ff2}\\u{1342f}-\\u{143fa}\\u{16100}-\\u{16139}\\u{16a70}-\\u{16ac9}\\u{16d40}-\\u{16ed3}\\u{16f45}-\\u{16f4f}\\u{16f7f}-\\u{16f87}\\u{16fe1}-\\u{16ff6}\\u{187ed}-\\u{187ff}\\u{18af3}-\\u{18df2}\\u{1aff0}-\\u{1affe}\\u{1b002}-\\u{1b2fb}\\u{1cc00}-\\u{1cfc3}\\u{1d1e9}-\\u{1d1ea}\\u{1d2c0}-\\u{1d2f3}\\u{1d372}-\\u{1d378}\\u{1e030}-\\u{1e14f}\\u{1e290}-\\u{1e2ff}\\u{1e4d0}-\\u{1e7fe}\\u{1e94b}\\u{1ec71}-\\u{1ed3d}\\u{1f10d}-\\u{1f10f}\\u{1f12f}\\u{1f16c}-\\u{1f16f}\\u{1f1ad}\\u{1f260}-\\u{1f265}\\u{1f6d3}-\\u{1f6df}\\u{1f6f7}-\\u{1f6fc}\\u{1f774}-\\u{1f77f}\\u{1f7d5}-\\u{1f7f0}\\u{1f8b0}-\\u{1f90f}\\u{1f91f}\\u{1f928}-\\u{1f92f}\\u{1f931}-\\u{1f932}\\u{1f93f}\\u{1f94c}-\\u{1f94f}\\u{1f95f}-\\u{1f97f}\\u{1f992}-\\u{1f9bf}\\u{1f9c1}-\\u{1fbfa}\\u{2a6d7}-\\u{2a6df}\\u{2b735}-\\u{2b73f}\\u{2cea2}-\\u{2ee5d}\\u{30000}-\\u{33479}]',
  'v',
);

/** The Japanese scripts, which count as one, with the long vowel mark. */
const joined: Readonly<Record<string, string>> = { Hiragana: 'Han', Katakana: 'Han' };
let tests: (readonly [string, RegExp])[] | undefined;
const known = /* @__PURE__ */ new Map<string, string | undefined>([
  [' ', undefined],
  ['\u30fc', 'Han'],
]);

/** The script of a character, or undefined for spaces and characters without a script. */
function scriptOf(char: string): string | undefined {
  if (known.has(char)) return known.get(char);
  tests ??= scriptNames.map((name) => [name, new RegExp(`^\\p{sc=${name}}$`, 'v')] as const);
  const name = newCharacters.test(char) ? undefined : tests.find(([, test]) => test.test(char))?.[0];
  const script = name && (joined[name] ?? name);
  known.set(char, script);
  return script;
}

/**
 * Splits a text where the script changes. A space belongs to the script before it; spaces at the start of the text are
 * dropped, as in the Rust library.
 *
 * @example
 * splitScripts().split(new Aligned('so 東京です'), true).map(({ text }) => text); // => ['so ','東京です']
 */
export function splitScripts(): PreTokenizer {
  return {
    split: (text) => {
      const starts: number[] = [];
      let last: string | undefined;
      let at = 0;
      for (const char of text.text) {
        const script = scriptOf(char);
        if (script !== undefined && script !== last) starts.push(at);
        last = script ?? last;
        at += char.length;
      }
      return starts.map((start, i) => text.slice(start, starts[i + 1] ?? at));
    },
    toJSON: () => ({ type: 'UnicodeScripts' }),
  };
}
