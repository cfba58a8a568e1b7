import type { Field } from '../json.ts';
import { bpe } from '../models/bpe.ts';
import { unigram } from '../models/unigram.ts';
import { wordPiece } from '../models/wordPiece.ts';
import type { Model } from '../steps.ts';

function readVocab(field: Field): Map<string, number> {
  return new Map(Object.keys(field.object()).map((token) => [token, field.at(token).count()]));
}

/** Two tokens, or in older files both in one text with a space between them. */
function readMerge(field: Field): [string, string] {
  const parts = typeof field.value === 'string' ? field.value.split(' ') : field.list().map((part) => part.string());
  const [left, right, ...rest] = parts;
  if (!left || !right || rest.length) return field.fail('two tokens');
  return [left, right];
}

const textOrNone = (field: Field): string | undefined => (field.isNone ? undefined : field.string());

function readBpe(field: Field): Model {
  if (textOrNone(field.at('continuing_subword_prefix'))) field.at('continuing_subword_prefix').fail('none, for BPE');
  if (field.at('dropout').number(0) !== 0) field.at('dropout').fail('none: encodings must not be random');
  return bpe({
    vocab: readVocab(field.at('vocab')),
    merges: field.at('merges').list().map(readMerge),
    unkToken: textOrNone(field.at('unk_token')),
    fuseUnk: field.at('fuse_unk').boolean(false),
    byteFallback: field.at('byte_fallback').boolean(false),
    endOfWordSuffix: textOrNone(field.at('end_of_word_suffix')) ?? '',
    ignoreMerges: field.at('ignore_merges').boolean(false),
  });
}

function readPiece(field: Field): [string, number] {
  const [piece, score, ...rest] = field.list();
  if (!piece || !score || rest.length) return field.fail('a piece and its score');
  return [piece.string(), score.number()];
}

const byType: Readonly<Record<string, (field: Field) => Model>> = {
  BPE: readBpe,
  WordPiece: (field) =>
    wordPiece({
      vocab: readVocab(field.at('vocab')),
      unkToken: field.at('unk_token').string('[UNK]'),
      continuingSubwordPrefix: field.at('continuing_subword_prefix').string('##'),
      maxInputCharsPerWord: field.at('max_input_chars_per_word').count(100),
    }),
  Unigram: (field) =>
    unigram({
      pieces: field.at('vocab').list().map(readPiece),
      unkId: field.at('unk_id').isNone ? undefined : field.at('unk_id').count(),
      byteFallback: field.at('byte_fallback').boolean(false),
    }),
};

/** Old files name no type: lists of pieces are Unigram's, merges are BPE's. */
export function readModel(field: Field): Model {
  if (!field.at('type').isNone) return field.at('type').oneOf(byType)(field);
  const type = Array.isArray(field.at('vocab').value) ? 'Unigram' : field.at('merges').isNone ? 'WordPiece' : 'BPE';
  return byType[type]!(field);
}
