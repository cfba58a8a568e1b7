import { ValueError } from '@chainrule/errors';
import type { Aligned } from './aligned.ts';

/** The tokens of a piece: their ids, their texts, and the UTF-16 units of the piece from which they come. */
export interface Word {
  readonly ids: readonly number[];
  readonly tokens: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The result of encoding a text. */
export interface Encoding {
  readonly ids: Int32Array;
  readonly tokens: readonly string[];
  /** Two per token: the UTF-16 units of the text where it begins and ends; 0 and 0 for an added special token. */
  readonly offsets: Int32Array;
  /** One per token: 0 in the first text and 1 in the second of a pair, unless the post-processor sets others. */
  readonly typeIds: Int32Array;
}

/** Collects the tokens of a text. */
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

/** Throws if a step makes many tokens of few; a chain of such steps could exhaust the memory. */
export function checkTokens(op: string, before: readonly Encoding[], after: Encoding[]): Encoding[] {
  const most = 16 * count(before) + 65_536;
  if (count(after) > most)
    throw new ValueError(`${op}: the encoding must have at most ${most} tokens, got ${count(after)}`);
  return after;
}

/** Concatenates encodings. */
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

/** A copy whose tokens all have the type `typeId`. */
export function withType(encoding: Encoding, typeId: number): Encoding {
  return { ...encoding, typeIds: new Int32Array(encoding.ids.length).fill(typeId) };
}

/** Keeps the first `length` tokens. */
export function truncateEncoding({ ids, tokens, offsets, typeIds }: Encoding, length: number): Encoding {
  return {
    ids: ids.slice(0, length),
    tokens: tokens.slice(0, length),
    offsets: offsets.slice(0, 2 * length),
    typeIds: typeIds.slice(0, length),
  };
}
