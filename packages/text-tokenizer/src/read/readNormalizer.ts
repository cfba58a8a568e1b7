import type { Field } from '../json.ts';
import { bertNormalizer } from '../normalizers/bertNormalizer.ts';
import { byteNormalizer } from '../normalizers/byteNormalizer.ts';
import { lowercase } from '../normalizers/lowercase.ts';
import { nmt } from '../normalizers/nmt.ts';
import { normalizerSequence } from '../normalizers/normalizerSequence.ts';
import { precompiled } from '../normalizers/precompiled.ts';
import { prependText } from '../normalizers/prependText.ts';
import { replacePattern } from '../normalizers/replacePattern.ts';
import { stripAccents } from '../normalizers/stripAccents.ts';
import { stripSpaces } from '../normalizers/stripSpaces.ts';
import { unicodeForm } from '../normalizers/unicodeForm.ts';
import type { Normalizer } from '../pipeline.ts';
import { nested, readPattern } from './readPattern.ts';

type Read = (field: Field, depth: number) => Normalizer;

const byType: Readonly<Record<string, Read>> = {
  NFC: () => unicodeForm('NFC'),
  NFD: () => unicodeForm('NFD'),
  NFKC: () => unicodeForm('NFKC'),
  NFKD: () => unicodeForm('NFKD'),
  Lowercase: () => lowercase(),
  StripAccents: () => stripAccents(),
  Nmt: () => nmt(),
  Precompiled: (field) => precompiled(field.at('precompiled_charsmap').string()),
  ByteLevel: () => byteNormalizer(),
  Strip: (field) =>
    stripSpaces({ left: field.at('strip_left').boolean(true), right: field.at('strip_right').boolean(true) }),
  Replace: (field) => replacePattern(readPattern(field.at('pattern')), field.at('content').string()),
  Prepend: (field) => prependText(field.at('prepend').string()),
  BertNormalizer: (field) =>
    bertNormalizer({
      cleanText: field.at('clean_text').boolean(true),
      handleChineseChars: field.at('handle_chinese_chars').boolean(true),
      stripAccents: field.at('strip_accents').isNone ? undefined : field.at('strip_accents').boolean(),
      lowercase: field.at('lowercase').boolean(true),
    }),
  Sequence: (field, depth) =>
    normalizerSequence(
      field
        .at('normalizers')
        .list()
        .map((step) => readNormalizer(step, nested(step, depth))),
    ),
};

export function readNormalizer(field: Field, depth = 0): Normalizer {
  return field.at('type').oneOf(byType)(field, depth);
}
