import type { Field } from '../json.ts';
import { bpe } from '../models/bpe.ts';
import { unigram } from '../models/unigram.ts';
import { wordLevel } from '../models/wordLevel.ts';
import { wordPiece } from '../models/wordPiece.ts';
import type { Model } from '../pipeline.ts';

/** Values that readers of models need and the file does not contain. */
export interface ModelSources {
  /** Draws a number in [0, 1) for dropout. */
  readonly random?: (() => number) | undefined;
}

/** Tokens and their ids. Creates no object for each token, because vocabularies are large. */
function readVocab(field: Field): Map<string, number> {
  const vocab = new Map<string, number>();
  for (const [token, id] of Object.entries(field.object()))
    vocab.set(token, typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : field.at(token).count());
  return vocab;
}

/** Merges: pairs of tokens or, in older files, texts of two tokens separated by a space. */
function readMerges(field: Field): (readonly [string, string])[] {
  const isPair = (value: unknown): value is readonly [string, string] =>
    Array.isArray(value) &&
    value.length === 2 &&
    !!value[0] &&
    !!value[1] &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'string';
  return field.values().map((value, i) => {
    const parts: unknown = typeof value === 'string' ? value.split(' ') : value;
    return isPair(parts) ? parts : field.item(i).fail('two tokens');
  });
}

const textOrNone = (field: Field): string | undefined => (field.isNone ? undefined : field.string());

function readBpe(field: Field, { random }: ModelSources): Model {
  return bpe({
    ...(random && { random }),
    dropout: field.at('dropout').number(0),
    continuingSubwordPrefix: textOrNone(field.at('continuing_subword_prefix')) ?? '',
    vocab: readVocab(field.at('vocab')),
    merges: readMerges(field.at('merges')),
    unkToken: textOrNone(field.at('unk_token')),
    fuseUnk: field.at('fuse_unk').boolean(false),
    byteFallback: field.at('byte_fallback').boolean(false),
    endOfWordSuffix: textOrNone(field.at('end_of_word_suffix')) ?? '',
    ignoreMerges: field.at('ignore_merges').boolean(false),
  });
}

function readPieces(field: Field): (readonly [string, number])[] {
  const isPiece = (value: unknown): value is readonly [string, number] =>
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';
  return field.values().map((value, i) => (isPiece(value) ? value : field.item(i).fail('a piece and its score')));
}

const byType: Readonly<Record<string, (field: Field, sources: ModelSources) => Model>> = {
  BPE: readBpe,
  WordPiece: (field) =>
    wordPiece({
      vocab: readVocab(field.at('vocab')),
      unkToken: field.at('unk_token').string('[UNK]'),
      continuingSubwordPrefix: field.at('continuing_subword_prefix').string('##'),
      maxInputCharsPerWord: field.at('max_input_chars_per_word').count(100),
    }),
  WordLevel: (field) =>
    wordLevel({ vocab: readVocab(field.at('vocab')), unkToken: field.at('unk_token').string('<unk>') }),
  Unigram: (field) =>
    unigram({
      pieces: readPieces(field.at('vocab')),
      unkId: field.at('unk_id').isNone ? undefined : field.at('unk_id').count(),
      byteFallback: field.at('byte_fallback').boolean(false),
    }),
};

/** The type of a model. Old files lack it: lists of pieces mean Unigram, and merges mean BPE. */
export function readModel(field: Field, sources: ModelSources = {}): Model {
  if (!field.at('type').isNone) return field.at('type').oneOf(byType)(field, sources);
  const type = Array.isArray(field.at('vocab').value) ? 'Unigram' : field.at('merges').isNone ? 'WordPiece' : 'BPE';
  return byType[type]!(field, sources);
}
