import type { Word } from '../encoding.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a model does with what its vocabulary lacks. */
export interface UnknownOptions {
  /** The token that stands for what is unknown; without one, that is left out. */
  readonly unkToken?: string | undefined;
  /** Whether unknown characters next to one another within a piece are one token; by default false. */
  readonly fuseUnk?: boolean;
  /** Whether an unknown character becomes tokens such as `<0xE2>` for its bytes, if the vocabulary has all of them; by default false. */
  readonly byteFallback?: boolean;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** Collects the tokens of a piece, unknown ones too. */
export class WordBuilder implements Word {
  readonly ids: number[] = [];
  readonly tokens: string[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  #unknownUntil = -1;

  push(id: number, token: string, from: number, to: number): void {
    this.ids.push(id);
    this.tokens.push(token);
    this.starts.push(from);
    this.ends.push(to);
  }

  /** A character that no token holds. */
  pushUnknown(char: string, from: number, to: number, vocabulary: Vocabulary, options: UnknownOptions): void {
    const { unkToken, fuseUnk = false, byteFallback = false } = options;
    const bytes = byteFallback ? Array.from(encoder.encode(char), byteToken) : [];
    if (bytes.length && bytes.every((token) => vocabulary.id(token) !== undefined)) {
      for (const token of bytes) this.push(vocabulary.id(token)!, token, from, to);
      return;
    }
    const id = unkToken === undefined ? undefined : vocabulary.id(unkToken);
    if (id === undefined) return;
    if (fuseUnk && this.#unknownUntil === from) this.ends[this.ends.length - 1] = to;
    else this.push(id, unkToken!, from, to);
    this.#unknownUntil = to;
  }
}

/** The token that stands for a byte where a model falls back on bytes. */
export function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
