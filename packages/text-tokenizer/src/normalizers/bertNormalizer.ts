import { type Aligned, rewrite } from '../aligned.ts';
import type { Normalizer } from '../steps.ts';
import { toLowercase } from './lowercase.ts';
import { unicodeForm } from './unicodeForm.ts';

/** Options of {@link bertNormalizer}. */
export interface BertNormalizerOptions {
  /** Whether to remove control characters, and make all white space spaces; by default true. */
  readonly cleanText?: boolean;
  /** Whether to put spaces around Chinese characters; by default true. */
  readonly handleChineseChars?: boolean;
  /** Whether to remove accents; by default as `lowercase`. */
  readonly stripAccents?: boolean | undefined;
  /** Whether to make letters small; by default true. */
  readonly lowercase?: boolean;
}

const unclean = /[\p{Cc}\p{Cf}\p{Co}\ufffd]|[^\S ]/gu;
/** Spaces, but for the white space that counts as control characters. */
const space = /^(?:[\t\n\r]|(?!\p{Cc}|\p{Cf})\s)$/u;
const chinese = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;
const decomposed = /* @__PURE__ */ unicodeForm('NFD');

/**
 * What BERT does to a text before it looks for words. Source: Devlin et al., "BERT", 2018, `tokenization.py`.
 *
 * @example
 * bertNormalizer().normalize(new Aligned('Où est\t猫?')).text; // => ou est 猫 ?
 */
export function bertNormalizer(options: BertNormalizerOptions = {}): Normalizer {
  const { cleanText = true, handleChineseChars = true, lowercase = true, stripAccents } = options;
  const steps: ((text: Aligned) => Aligned)[] = [];
  if (cleanText) steps.push((text) => rewrite(text, unclean, (match) => (space.test(match) ? ' ' : '')));
  if (handleChineseChars) steps.push((text) => rewrite(text, chinese, (match) => ` ${match} `));
  if (lowercase) steps.push(toLowercase);
  if (stripAccents ?? lowercase) steps.push((text) => rewrite(decomposed.normalize(text), /\p{Mn}+/gu, () => ''));
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
