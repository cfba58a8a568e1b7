import type { PreTokenizer } from '../steps.ts';
import { scriptNames } from '../patterns/scriptNames.ts';

/** Scripts of Japanese count as one; the long vowel mark belongs to it. */
const joined: Readonly<Record<string, string>> = { Hiragana: 'Han', Katakana: 'Han' };
let tests: (readonly [string, RegExp])[] | undefined;
const known = /* @__PURE__ */ new Map<string, string | undefined>([[' ', undefined], ['\u30fc', 'Han']]);

/** The script of a character; undefined for a space, and for what has no script. */
function scriptOf(char: string): string | undefined {
  if (known.has(char)) return known.get(char);
  tests ??= scriptNames.map((name) => [name, new RegExp(`^\\p{sc=${name}}$`, 'v')] as const);
  const name = tests.find(([, test]) => test.test(char))?.[0];
  const script = name && (joined[name] ?? name);
  known.set(char, script);
  return script;
}

/**
 * Cuts where another script begins. Spaces belong to the script before them; those that a text begins with are dropped,
 * as in the Rust library.
 *
 * @example
 * splitScripts().split(new Aligned('so 東京です'), true).map(({ text }) => text); // => ['so ','東京です']
 */
export function splitScripts(): PreTokenizer {
  return {
    split: (text) => {
      const cuts: number[] = [];
      let last: string | undefined;
      let at = 0;
      for (const char of text.text) {
        const script = scriptOf(char);
        if (script !== undefined && script !== last) cuts.push(at);
        last = script ?? last;
        at += char.length;
      }
      return cuts.map((cut, i) => text.slice(cut, cuts[i + 1] ?? at));
    },
    toJSON: () => ({ type: 'UnicodeScripts' }),
  };
}
