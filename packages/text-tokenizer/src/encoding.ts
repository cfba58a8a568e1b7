import { ValueError } from '@chainrule/errors';
import type { Aligned } from './aligned.ts';

/** The tokens of a piece: their ids, their texts, and the UTF-16 units of the piece that they stand for. */
export interface Word {
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** What a text became. */
export interface Encoding {
  readonly ids: Int32Array;
  readonly tokens: readonly string[];
  /** Two a token: the UTF-16 units of the text where it begins and ends; 0 and 0 for one that was added. */
  readonly offsets: Int32Array;
  /** One a token: 0 in the first text, 1 in the second of a pair, unless the post-processor says otherwise. */
  readonly typeIds: Int32Array;
}

/** Collects tokens. */
export class EncodingBuilder {
  readonly #ids: number[] = [];
  readonly #tokens: string[] = [];
  readonly #offsets: number[] = [];

  /** Adds the tokens of a piece. */
  pushWord(word: Word, piece: Aligned): void {
    const { ids, tokens, starts, ends } = word;
    for (let i = 0; i < ids.length; i++) {
      this.#ids.push(ids[i]!);
      this.#tokens.push(tokens[i]!);
      this.#offsets.push(piece.from(starts[i]!), piece.to(ends[i]!));
    }
  }

  push(id: number, token: string, from: number, to: number): void {
    this.#ids.push(id);
    this.#tokens.push(token);
    this.#offsets.push(from, to);
  }

  build(): Encoding {
    const ids = new Int32Array(this.#ids);
    return { ids, tokens: this.#tokens, offsets: new Int32Array(this.#offsets), typeIds: new Int32Array(ids.length) };
  }
}

const count = (parts: readonly Encoding[]): number => parts.reduce((sum, { ids }) => sum + ids.length, 0);

/** Refuses steps that make many tokens of few: one after the other, they would fill the memory. */
export function checkTokens(op: string, before: readonly Encoding[], after: Encoding[]): Encoding[] {
  const most = 16 * count(before) + 65_536;
  if (count(after) > most)
    throw new ValueError(`${op}: a text must become at most ${most} tokens, got ${count(after)}`);
  return after;
}

/** Encodings one after the other. */
export function joinEncodings(parts: readonly Encoding[]): Encoding {
  const join = (of: (part: Encoding) => Int32Array): Int32Array => {
    const arrays = parts.map(of);
    const joined = new Int32Array(arrays.reduce((length, array) => length + array.length, 0));
    let at = 0;
    for (const array of arrays) {
      joined.set(array, at);
      at += array.length;
    }
    return joined;
  };
  return {
    ids: join((part) => part.ids),
    tokens: parts.flatMap((part) => part.tokens),
    offsets: join((part) => part.offsets),
    typeIds: join((part) => part.typeIds),
  };
}

/** The encoding with all its tokens of one type. */
export function withType(encoding: Encoding, typeId: number): Encoding {
  return { ...encoding, typeIds: new Int32Array(encoding.ids.length).fill(typeId) };
}

/** The first `length` tokens. */
export function truncateEncoding({ ids, tokens, offsets, typeIds }: Encoding, length: number): Encoding {
  return {
    ids: ids.slice(0, length),
    tokens: tokens.slice(0, length),
    offsets: offsets.slice(0, 2 * length),
    typeIds: typeIds.slice(0, length),
  };
}
