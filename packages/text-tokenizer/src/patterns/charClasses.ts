import { scriptNames } from './scriptNames.ts';

/** A character as written in a JavaScript class. */
export const classChar = (point: number): string => `\\u{${point.toString(16)}}`;

/** Word characters of Oniguruma. Outside classes, and for `\b`, its Latin-1 table adds superscripts and fractions. */
export const wordClass = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]';
export const loneWordClass: string = `[${wordClass}\\xb2\\xb3\\xb9\\xbc-\\xbe]`;
const visible = '[^\\p{White_Space}\\p{Cc}\\p{Cs}\\p{Cn}]';

/** POSIX classes, whose names are also property names. */
const posix: Readonly<Record<string, string>> = {
  alnum: '[\\p{Alphabetic}\\p{Nd}]',
  alpha: '\\p{Alphabetic}',
  ascii: '[\\0-\\x7f]',
  blank: '[\\p{Zs}\\t]',
  cntrl: '\\p{Cc}',
  digit: '\\p{Nd}',
  graph: visible,
  lower: '\\p{Lowercase}',
  print: `[${visible}\\p{Zs}]`,
  punct: '[\\p{P}\\p{S}]',
  space: '\\p{White_Space}',
  upper: '\\p{Uppercase}',
  xdigit: '[0-9A-Fa-f]',
  word: wordClass,
};

/** The class of `[:name:]`, or undefined if POSIX has no such name. */
export const posixClass = (name: string): string | undefined => (Object.hasOwn(posix, name) ? posix[name] : undefined);

const categories =
  'L Letter LC Cased_Letter Lu Uppercase_Letter Ll Lowercase_Letter Lt Titlecase_Letter Lm Modifier_Letter Lo Other_Letter M Mark Mn Nonspacing_Mark Mc Spacing_Mark Me Enclosing_Mark N Number Nd Decimal_Number Nl Letter_Number No Other_Number P Punctuation Pc Connector_Punctuation Pd Dash_Punctuation Ps Open_Punctuation Pe Close_Punctuation Pi Initial_Punctuation Pf Final_Punctuation Po Other_Punctuation S Symbol Sm Math_Symbol Sc Currency_Symbol Sk Modifier_Symbol So Other_Symbol Z Separator Zs Space_Separator Zl Line_Separator Zp Paragraph_Separator C Other Cc Control Cf Format Cs Surrogate Co Private_Use Cn Unassigned';
const binary =
  'ASCII_Hex_Digit Alphabetic Any Assigned Bidi_Control Case_Ignorable Cased Dash Default_Ignorable_Code_Point Diacritic Emoji Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Extended_Pictographic Extender Grapheme_Base Grapheme_Extend Hex_Digit ID_Continue ID_Start Ideographic Join_Control Lowercase Math Noncharacter_Code_Point Pattern_Syntax Pattern_White_Space Quotation_Mark Radical Regional_Indicator Sentence_Terminal Soft_Dotted Terminal_Punctuation Unified_Ideograph Uppercase Variation_Selector White_Space XID_Continue XID_Start';

const plain = (name: string): string => name.replace(/[\s_-]/g, '').toLowerCase();
let known: Map<string, string> | undefined;

function knownProperties(): Map<string, string> {
  const all = new Map<string, string>();
  for (const name of scriptNames) all.set(plain(name), `\\p{sc=${name}}`);
  for (const name of `${categories} ${binary}`.split(' ')) all.set(plain(name), `\\p{${name}}`);
  for (const [name, source] of Object.entries(posix)) all.set(name, source);
  // These two differ as a property from what they are between brackets.
  return all.set('punct', '\\p{P}').set('posixpunct', posix['punct']!);
}

/** The class of a property, or undefined for an unknown name. Spelling is lenient, as in Oniguruma. */
export function propertyClass(name: string): string | undefined {
  known ??= knownProperties();
  const key = plain(name);
  return known.get(key) ?? (key.length === 4 ? shortScript(key) : undefined);
}

/** The four-letter script codes of ISO 15924. */
function shortScript(key: string): string | undefined {
  const source = `\\p{sc=${key[0]!.toUpperCase()}${key.slice(1)}}`;
  try {
    new RegExp(source, 'v');
    return source;
  } catch {
    return undefined;
  }
}
