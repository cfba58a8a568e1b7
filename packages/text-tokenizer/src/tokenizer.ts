import { OptionError, showValue, ValueError } from '@chainrule/errors';
import { aBoolean, aString, checkOptions, integerFrom } from '@chainrule/errors/check';
import { type AddedToken, AddedTokens, tokensToAdd, wellFormed } from './addedTokens.ts';
import { Aligned } from './aligned.ts';
import { BoundedCache } from './boundedCache.ts';
import { aDecoder, aList, aModel, aNormalizer, aPostProcessor, aPreTokenizer, strings } from './checks.ts';
import { type Encoding, EncodingBuilder, joinEncodings, truncateEncoding, withType, type Word } from './encoding.ts';
import type { Json } from './json.ts';
import type { Decoder, Model, Normalizer, PostProcessor, PreTokenizer } from './pipeline.ts';

/** The steps of a {@link Tokenizer}. Only the model is required. */
export interface TokenizerOptions {
  readonly normalizer?: Normalizer | undefined;
  readonly preTokenizer?: PreTokenizer | undefined;
  readonly model: Model;
  readonly postProcessor?: PostProcessor | undefined;
  readonly decoder?: Decoder | undefined;
  /** Tokens to find before any other step; a string is a special token. */
  readonly addedTokens?: readonly (AddedToken | string)[];
}

/** Options of {@link Tokenizer.encode}. */
export interface EncodeOptions {
  /** A second text, which the post-processor joins to the first. */
  readonly pair?: string;
  /** Whether the post-processor adds its special tokens; by default true. */
  readonly addSpecialTokens?: boolean;
  /** The greatest number of tokens, including special ones. Truncates the longer text of a pair. By default unlimited. */
  readonly maxLength?: number;
}

/** Options of {@link Tokenizer.decode}. */
export interface DecodeOptions {
  /** Whether to leave out special tokens; by default true. */
  readonly skipSpecialTokens?: boolean;
}

const [maxWords, maxCachedLength] = [65_536, 64];

/**
 * Turns text into ids and back. `encode` runs the normalizer, pre-tokenizer, model and post-processor in order; `decode`
 * runs the decoder. Lone surrogates count as U+FFFD. A tokenizer caches the tokens of words, so reuse it for all texts.
 *
 * @throws OptionError if added tokens contradict each other or the vocabulary of the model
 * @example
 * const tokenizer = new Tokenizer({
 *   normalizer: lowercase(),
 *   preTokenizer: splitBertWords(),
 *   model: wordPiece({ vocab: ['[UNK]', 'un', '##do', 'it', '!'] }),
 *   decoder: wordPieceDecoder(),
 * });
 * const { ids, tokens, offsets } = tokenizer.encode('Undo it!');
 * tokens; // => ['un','##do','it','!']
 * [...offsets]; // => [0,2,2,4,5,7,7,8]
 * tokenizer.decode(ids); // => undo it!
 */
export class Tokenizer {
  readonly normalizer: Normalizer | undefined;
  readonly preTokenizer: PreTokenizer | undefined;
  readonly model: Model;
  readonly postProcessor: PostProcessor | undefined;
  readonly decoder: Decoder | undefined;
  readonly #added: AddedTokens;
  readonly #words = new BoundedCache<Word>(maxWords);

  constructor(options: TokenizerOptions) {
    checkOptions(
      'Tokenizer',
      options,
      {
        normalizer: aNormalizer,
        preTokenizer: aPreTokenizer,
        model: aModel,
        postProcessor: aPostProcessor,
        decoder: aDecoder,
        addedTokens: tokensToAdd,
      },
      'model',
    );
    const { normalizer, preTokenizer, model, postProcessor, decoder, addedTokens = [] } = options;
    this.normalizer = normalizer;
    this.preTokenizer = preTokenizer;
    this.model = model;
    this.postProcessor = postProcessor;
    this.decoder = decoder;
    this.#added = new AddedTokens(addedTokens, model.vocabulary, normalizer);
  }

  /** The number of tokens, including added ones. */
  get vocabularySize(): number {
    const { vocabulary } = this.model;
    return vocabulary.size + this.#added.tokens.filter(({ id }) => vocabulary.token(id) === undefined).length;
  }

  /** The id of a token, or undefined for an unknown token. */
  id(token: string): number | undefined {
    return this.model.vocabulary.id(token) ?? this.#added.id(token);
  }

  /** The token of an id, or undefined for an unknown id. */
  token(id: number): string | undefined {
    return this.#added.byId(id)?.content ?? this.model.vocabulary.token(id);
  }

  /**
   * Encodes a text, or a pair of texts.
   *
   * @throws OptionError if `maxLength` is too small for the special tokens
   */
  encode(text: string, options: EncodeOptions = {}): Encoding {
    aString('encode', 'text', text);
    checkOptions('encode', options, { pair: aString, addSpecialTokens: aBoolean, maxLength: integerFrom(0) });
    const { pair, addSpecialTokens = true, maxLength } = options;
    const first = this.#encodeText(text);
    const second = pair === undefined ? undefined : this.#encodeText(pair);
    const whole = this.#process(first, second, addSpecialTokens);
    if (maxLength === undefined || whole.ids.length <= maxLength) return whole;
    const extra = whole.ids.length - first.ids.length - (second?.ids.length ?? 0);
    if (maxLength < extra)
      throw new OptionError(
        `encode: \`maxLength\` must be at least ${extra}, the number of special tokens, got ${maxLength}`,
      );
    const [a, b] = shorten(first.ids.length, second?.ids.length ?? 0, maxLength - extra);
    return this.#process(truncateEncoding(first, a), second && truncateEncoding(second, b), addSpecialTokens);
  }

  /** Encodes each text. */
  encodeBatch(texts: readonly string[], options: Omit<EncodeOptions, 'pair'> = {}): Encoding[] {
    strings('encodeBatch', 'texts', texts);
    return texts.map((text) => this.encode(text, options));
  }

  /**
   * Decodes ids to text.
   *
   * @throws ValueError for an unknown id
   */
  decode(ids: ArrayLike<number>, options: DecodeOptions = {}): string {
    aList('decode', 'ids', ids);
    checkOptions('decode', options, { skipSpecialTokens: aBoolean });
    const { skipSpecialTokens = true } = options;
    const tokens: string[] = [];
    for (let i = 0; i < ids.length; i++) {
      const token = this.token(ids[i]!);
      if (token === undefined)
        throw new ValueError(
          `decode: \`ids\` must be ids of the ${this.vocabularySize} tokens, got ${showValue(ids[i])} at ${i}`,
        );
      if (!skipSpecialTokens || !this.#added.byId(ids[i]!)?.special) tokens.push(token);
    }
    return this.decoder ? this.decoder.decode(tokens, this.#added.contents).join('') : tokens.join(' ');
  }

  /** The tokenizer in the format of Hugging Face's `tokenizer.json`. */
  toJSON(): { readonly [key: string]: Json } {
    return {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: this.#added.toJSON(),
      normalizer: this.normalizer?.toJSON() ?? null,
      pre_tokenizer: this.preTokenizer?.toJSON() ?? null,
      post_processor: this.postProcessor?.toJSON() ?? null,
      decoder: this.decoder?.toJSON() ?? null,
      model: this.model.toJSON(),
    };
  }

  #process(first: Encoding, second: Encoding | undefined, addSpecialTokens: boolean): Encoding {
    const texts = second ? [first, withType(second, 1)] : [first];
    const processed = this.postProcessor?.process(texts, addSpecialTokens) ?? texts;
    return processed.length === 1 ? processed[0]! : joinEncodings(processed);
  }

  #encodeText(text: string): Encoding {
    const tokens = new EncodingBuilder();
    const whole = new Aligned(wellFormed(text));
    this.#added.splitRaw(whole).forEach((section, i) => {
      if (section.token) return pushAdded(tokens, section.token, section.text);
      const normalized = this.normalizer?.normalize(section.text) ?? section.text;
      this.#added.splitNormalized(normalized).forEach((part, j) => {
        if (part.token) pushAdded(tokens, part.token, part.text);
        else this.#encodePlain(part.text, i === 0 && j === 0 && part.text.start === 0, tokens);
      });
    });
    return tokens.build();
  }

  #encodePlain(text: Aligned, isFirst: boolean, tokens: EncodingBuilder): void {
    if (!text.text) return;
    for (const piece of this.preTokenizer?.split(text, isFirst) ?? [text]) {
      let word = this.#words.get(piece.text);
      if (!word) {
        word = this.model.encodeWord(piece.text);
        if (piece.text.length <= maxCachedLength && !this.model.isRandom) this.#words.set(piece.text, word);
      }
      tokens.pushWord(word, piece);
    }
  }
}

function pushAdded(tokens: EncodingBuilder, { id, content }: Required<AddedToken>, text: Aligned): void {
  tokens.push(id, content, text.from(0), text.to(text.text.length));
}

/** The lengths of two texts after truncating the longer one, so that they have `length` tokens together. */
function shorten(first: number, second: number, length: number): [number, number] {
  const half = Math.ceil(length / 2);
  if (first <= length - half && first <= second) return [first, length - first];
  if (second <= length - half) return [Math.min(first, length - second), Math.min(second, length)];
  return [half, length - half];
}
