import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { type Aligned, rewrite } from '../aligned.ts';
import { controlClass, nonspacingClass, spaceClass } from '../characters.ts';
import type { Normalizer } from '../pipeline.ts';
import { toLowercase } from './lowercase.ts';
import { unicodeForm } from './unicodeForm.ts';

/** Options of {@link bertNormalizer}. */
export interface BertNormalizerOptions {
  /** Whether to remove control characters and to turn all whitespace into spaces; by default true. */
  readonly cleanText?: boolean;
  /** Whether to put spaces around Chinese characters; by default true. */
  readonly handleChineseChars?: boolean;
  /** Whether to remove accents; by default the value of `lowercase`. */
  readonly stripAccents?: boolean | undefined;
  /** Whether to lowercase the text; by default true. */
  readonly lowercase?: boolean;
}

const unclean = /* @__PURE__ */ new RegExp(`[${controlClass}\\ufffd[${spaceClass}--\\x20]]`, 'gv');
/** Whitespace that does not count as control characters. */
const space = /* @__PURE__ */ new RegExp(`^(?:[\\t\\n\\r]|[${spaceClass}--\\p{Cc}])$`, 'v');
/** Chinese characters in the ranges of the Rust library, which lacks U+2B820 to U+2B91F. */
const chinese =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;
const accents = /* @__PURE__ */ new RegExp(`${nonspacingClass}+`, 'gv');
const decomposed = /* @__PURE__ */ unicodeForm('NFD');

/**
 * Cleans a text as BERT does before it splits words. Source: Devlin et al., "BERT", 2018, `tokenization.py`.
 *
 * @example
 * bertNormalizer().normalize(new Aligned('Où est\t猫?')).text; // => ou est 猫 ?
 */
export function bertNormalizer(options: BertNormalizerOptions = {}): Normalizer {
  checkOptions('bertNormalizer', options, {
    cleanText: aBoolean,
    handleChineseChars: aBoolean,
    stripAccents: aBoolean,
    lowercase: aBoolean,
  });
  const { cleanText = true, handleChineseChars = true, lowercase = true, stripAccents } = options;
  const steps: ((text: Aligned) => Aligned)[] = [];
  if (cleanText) steps.push((text) => rewrite(text, unclean, (match) => (space.test(match) ? ' ' : '')));
  if (handleChineseChars) steps.push((text) => rewrite(text, chinese, (match) => ` ${match} `));
  if (stripAccents ?? lowercase) steps.push((text) => rewrite(decomposed.normalize(text), accents, () => ''));
  if (lowercase) steps.push(toLowercase);
  return {
    normalize: (text) => steps.reduce((done, step) => step(done), text),
    toJSON: () => ({
      type: 'BertNormalizer',
      clean_text: cleanText,
      handle_chinese_chars: handleChineseChars,
      strip_accents: stripAccents ?? null,
      lowercase,
    }),
  };
}
