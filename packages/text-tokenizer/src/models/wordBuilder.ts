import type { Word } from '../encoding.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a model does with characters that its vocabulary lacks. */
export interface UnknownOptions {
  /** The token for unknown characters. Without it, they are dropped. */
  readonly unkToken?: string | undefined;
  /** Whether adjacent unknown characters within a piece become one token; by default false. */
  readonly fuseUnk?: boolean;
  /** Whether an unknown character becomes byte tokens such as `<0xE2>`, if the vocabulary has all of them; by default false. */
  readonly byteFallback?: boolean;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** Collects the tokens of a piece. */
export class WordBuilder implements Word {
  readonly ids: number[] = [];
  readonly tokens: string[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  push(id: number, token: string, from: number, to: number): void {
    this.ids.push(id);
    this.tokens.push(token);
    this.starts.push(from);
    this.ends.push(to);
  }
}

/** The ids of the byte tokens of a text, or undefined if the vocabulary lacks one of them. */
export function byteIds(text: string, vocabulary: Vocabulary): number[] | undefined {
  const ids: number[] = [];
  for (const byte of encoder.encode(text)) {
    const id = vocabulary.id(byteToken(byte));
    if (id === undefined) return undefined;
    ids.push(id);
  }
  return ids;
}

/** The token of a byte in models with byte fallback. */
export function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
