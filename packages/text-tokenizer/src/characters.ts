/**
 * Character classes as in Hugging Face's Rust library. It takes punctuation and marks from Unicode 8 and normal forms from
 * Unicode 12, so these classes leave out later characters. The lists come from asking tokenizers 0.23.3 about each
 * character.
 */
/** Punctuation added since Unicode 8. */
const newPunctuation =
  '\\u{61d}\\u{9fd}-\\u{a76}\\u{c77}-\\u{c84}\\u{1b4e}-\\u{1b4f}\\u{1b7d}-\\u{1b7f}\\u{2e43}-\\u{2e5d}\\u{10d6e}\\u{10ead}-\\u{10f89}\\u{113d4}-\\u{1145d}\\u{11660}-\\u{116b9}\\u{1183b}\\u{11944}-\\u{11b09}\\u{11be1}-\\u{11c71}\\u{11ef7}-\\u{11fff}\\u{12ff1}-\\u{12ff2}\\u{16d6d}-\\u{16d6f}\\u{16e97}-\\u{16e9a}\\u{16fe2}\\u{1e5ff}\\u{1e95e}-\\u{1e95f}';
/** Marks added since about Unicode 8. */
const newMarks =
  '\\u{7fd}\\u{897}-\\u{8d3}\\u{9fe}\\u{afa}-\\u{aff}\\u{b55}\\u{c04}-\\u{c3c}\\u{cf3}-\\u{d00}\\u{d3b}-\\u{d3c}\\u{d81}\\u{eba}\\u{ece}\\u{1715}\\u{180f}\\u{1abf}-\\u{1aeb}\\u{1cf7}\\u{1df6}-\\u{1dfa}\\u{a82c}\\u{a8ff}\\u{10d24}-\\u{10d6d}\\u{10eab}-\\u{10f85}\\u{11070}-\\u{11074}\\u{110c2}\\u{11145}-\\u{11146}\\u{111c9}\\u{111ce}-\\u{111cf}\\u{11241}\\u{1133b}\\u{113b8}-\\u{113e2}\\u{1145e}\\u{1182c}-\\u{1183a}\\u{11930}-\\u{11b67}\\u{11d31}-\\u{11d97}\\u{11ef3}-\\u{11f5a}\\u{13440}-\\u{13455}\\u{1611e}-\\u{1612f}\\u{16f4f}\\u{16f7f}-\\u{16f87}\\u{16fe4}-\\u{16ff1}\\u{1cf00}-\\u{1cf46}\\u{1e08f}-\\u{1e136}\\u{1e2ae}-\\u{1e2ef}\\u{1e4ec}-\\u{1e4ef}\\u{1e5ee}-\\u{1e5ef}\\u{1e6e3}-\\u{1e6f5}';
/** Nonspacing marks added since Unicode 8. */
const newNonspacing =
  '\\u{7fd}\\u{897}-\\u{8e1}\\u{9fe}\\u{afa}-\\u{aff}\\u{b55}\\u{c04}-\\u{c3c}\\u{d00}\\u{d3b}-\\u{d3c}\\u{d81}\\u{eba}\\u{ece}\\u{180f}-\\u{1886}\\u{1abf}-\\u{1aeb}\\u{1df6}-\\u{1dfb}\\u{a82c}\\u{a8c5}\\u{a8ff}\\u{a9bd}\\u{10d24}-\\u{10d6d}\\u{10eab}-\\u{10f85}\\u{11070}-\\u{11074}\\u{110c2}\\u{111c9}\\u{111cf}\\u{1123e}-\\u{11241}\\u{1133b}\\u{113bb}-\\u{1145e}\\u{1182f}-\\u{1183a}\\u{1193b}-\\u{11b66}\\u{11c30}-\\u{11d97}\\u{11ef3}-\\u{11f5a}\\u{13440}-\\u{13455}\\u{1611e}-\\u{16120}\\u{16129}-\\u{1612f}\\u{16f4f}\\u{16fe4}\\u{1cf00}-\\u{1cf46}\\u{1e000}-\\u{1e136}\\u{1e2ae}-\\u{1e2ef}\\u{1e4ec}-\\u{1e4ef}\\u{1e5ee}-\\u{1e5ef}\\u{1e6e3}-\\u{1e6f5}\\u{1e944}-\\u{1e94a}';
/** Whitespace. Unlike JavaScript's `\s`, it includes U+0085 and excludes U+FEFF. */
export const spaceClass = '\\p{White_Space}';
/** Word characters as in Rust's `\w`. */
export const wordClass = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]';
/** A function, which bundlers drop if nothing uses its result; they keep a template with a value in it. */
const without = (characters: string, later: string): string => `[[${characters}]--[${later}]]`;

/** Unicode punctuation and all ASCII symbols. */
export const punctuationClass: string = /* @__PURE__ */ without(
  '\\p{P}!-\\/:-@\\[-`\\{-~\\u166d\\u{111c9}',
  newPunctuation,
);
export const markClass: string = /* @__PURE__ */ without('\\p{M}\\u1cf2\\u1cf3', newMarks);
export const nonspacingClass: string = /* @__PURE__ */ without('\\p{Mn}\\u1734\\u{1171e}', newNonspacing);
/** Control, format and private-use characters. */
export const controlClass = '[[\\p{Cc}\\p{Cf}\\p{Co}]--[\\u0890-\\u08e2\\u{110cd}\\u{13430}-\\u{1343f}]]';
/** Characters that normalization leaves unchanged; a class for the flag `v`. */
export const undecomposedClass =
  '[\\u{32ff}\\u{a7f1}-\\u{a7f4}\\u{ab69}\\u{105c9}\\u{105e4}\\u{10781}-\\u{10785}\\u{10787}-\\u{107b0}\\u{107b2}-\\u{107ba}\\u{11383}\\u{11385}\\u{1138e}\\u{11391}\\u{113c5}\\u{113c7}-\\u{113c8}\\u{11938}\\u{16121}-\\u{16128}\\u{16d68}-\\u{16d6a}\\u{1ccd6}-\\u{1ccf9}\\u{1e030}-\\u{1e06d}\\u{1f16c}\\u{1fbf0}-\\u{1fbf9}]';

/** Whether a UTF-16 unit is whitespace. */
export function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 9 && unit <= 13);
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  return (
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** The end of the whitespace that starts at `from`. */
export function afterSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The start of the whitespace that ends at `to`, but not before `least`. */
export function beforeSpaces(text: string, to: number, least = 0): number {
  let at = to;
  while (at > least && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
}
