import { byteFallbackDecoder } from '../decoders/byteFallbackDecoder.ts';
import { byteLevelDecoder } from '../decoders/byteLevelDecoder.ts';
import { ctcDecoder } from '../decoders/ctcDecoder.ts';
import { decoderSequence } from '../decoders/decoderSequence.ts';
import { fuseDecoder } from '../decoders/fuseDecoder.ts';
import { metaspaceDecoder } from '../decoders/metaspaceDecoder.ts';
import { replaceDecoder } from '../decoders/replaceDecoder.ts';
import { stripDecoder } from '../decoders/stripDecoder.ts';
import { suffixDecoder } from '../decoders/suffixDecoder.ts';
import { wordPieceDecoder } from '../decoders/wordPieceDecoder.ts';
import type { Field } from '../json.ts';
import type { Decoder } from '../pipeline.ts';
import { nested, readPattern } from './readPattern.ts';
import { readScheme } from './readPreTokenizer.ts';

type Read = (field: Field, depth: number) => Decoder;

const byType: Readonly<Record<string, Read>> = {
  ByteLevel: () => byteLevelDecoder(),
  WordPiece: (field) =>
    wordPieceDecoder({ prefix: field.at('prefix').string('##'), cleanup: field.at('cleanup').boolean(true) }),
  Metaspace: (field) =>
    metaspaceDecoder({ replacement: field.at('replacement').string('▁'), prependScheme: readScheme(field) }),
  BPEDecoder: (field) => suffixDecoder(field.at('suffix').string('</w>')),
  Replace: (field) => replaceDecoder(readPattern(field.at('pattern')), field.at('content').string()),
  CTC: (field) =>
    ctcDecoder({
      padToken: field.at('pad_token').string('<pad>'),
      wordDelimiterToken: field.at('word_delimiter_token').string('|'),
      cleanup: field.at('cleanup').boolean(true),
    }),
  Fuse: () => fuseDecoder(),
  Strip: (field) => stripDecoder(field.at('content').string(), field.at('start').count(), field.at('stop').count()),
  ByteFallback: () => byteFallbackDecoder(),
  Sequence: (field, depth) =>
    decoderSequence(
      field
        .at('decoders')
        .list()
        .map((step) => readDecoder(step, nested(step, depth))),
    ),
};

export function readDecoder(field: Field, depth = 0): Decoder {
  return field.at('type').oneOf(byType)(field, depth);
}
