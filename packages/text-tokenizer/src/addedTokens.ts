import { OptionError, showValue } from '@chainrule/errors';
import { checkThat, listOf, type Check } from '@chainrule/errors/check';
import { Aligned } from './aligned.ts';
import { afterSpaces, beforeSpaces, wordClass } from './characters.ts';
import type { Json } from './json.ts';
import { idLimit, type Vocabulary } from './models/vocabulary.ts';
import type { Normalizer } from './pipeline.ts';
import { TextFinder } from './textFinder.ts';

/** A token that the tokenizer finds in a text before any other step. */
export interface AddedToken {
  readonly content: string;
  /** By default the token's id in the model's vocabulary, or the next free id. */
  readonly id?: number;
  /** Whether `decode` leaves the token out; by default true. */
  readonly special?: boolean;
  /** Whether to look for the token after normalization; by default only if it is not special. */
  readonly normalized?: boolean;
  /** Whether the token also takes the whitespace before it; by default false. */
  readonly lstrip?: boolean;
  /** Whether the token also takes the whitespace after it; by default false. */
  readonly rstrip?: boolean;
  /** Whether the token matches only as a whole word; by default false. */
  readonly singleWord?: boolean;
}

const aToken = /* @__PURE__ */ checkThat(
  'a text or an object with `content`',
  (value) => typeof (typeof value === 'string' ? value : (value as Partial<AddedToken> | null)?.content) === 'string',
);
export const tokensToAdd: Check = /* @__PURE__ */ listOf('a list of tokens', aToken);

/** A part of a text: plain text, or an added token. */
export interface Section {
  readonly text: Aligned;
  readonly token?: Required<AddedToken>;
}

/** Finds tokens by their text. */
interface Finder {
  readonly texts: TextFinder;
  readonly tokens: readonly Required<AddedToken>[];
}

/** The added tokens of a tokenizer: assigns their ids and finds them in texts. */
export class AddedTokens {
  readonly tokens: readonly Required<AddedToken>[];
  readonly contents: ReadonlySet<string>;
  readonly #byId: ReadonlyMap<number, Required<AddedToken>>;
  readonly #byContent: ReadonlyMap<string, Required<AddedToken>>;
  readonly #raw: Finder | undefined;
  readonly #normalized: Finder | undefined;

  constructor(given: readonly (AddedToken | string)[], vocabulary: Vocabulary, normalizer: Normalizer | undefined) {
    this.tokens = complete(given, vocabulary);
    this.#byContent = new Map(this.tokens.map((token) => [token.content, token]));
    this.contents = new Set(this.#byContent.keys());
    this.#byId = new Map(this.tokens.map((token) => [token.id, token]));
    const normal = (content: string): string =>
      normalizer?.normalize(new Aligned(wellFormed(content))).text ?? wellFormed(content);
    this.#raw = finder(
      this.tokens.filter(({ normalized }) => !normalized).map((token) => [wellFormed(token.content), token]),
    );
    this.#normalized = finder(
      this.tokens.filter(({ normalized }) => normalized).map((token) => [normal(token.content), token]),
    );
  }

  byId(id: number): Required<AddedToken> | undefined {
    return this.#byId.get(id);
  }

  id(content: string): number | undefined {
    return this.#byContent.get(content)?.id;
  }

  /** Splits a text, before normalization, at the tokens that match raw text. */
  splitRaw(text: Aligned): Section[] {
    return splitAt(text, this.#raw);
  }

  /** Splits a normalized text at the tokens that match normalized text. */
  splitNormalized(text: Aligned): Section[] {
    return splitAt(text, this.#normalized);
  }

  toJSON(): Json {
    return this.tokens.map(({ id, content, singleWord, lstrip, rstrip, normalized, special }) => ({
      id,
      content,
      single_word: singleWord,
      lstrip,
      rstrip,
      normalized,
      special,
    }));
  }
}

/** Replaces lone surrogates by U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

function complete(given: readonly (AddedToken | string)[], vocabulary: Vocabulary): Required<AddedToken>[] {
  let next = vocabulary.nextId;
  const byId = new Map<number, string>();
  const contents = new Set<string>();
  return given.map((item) => {
    const { content, special = true, ...rest } = typeof item === 'string' ? { content: item } : item;
    const known = vocabulary.id(content);
    const id = rest.id ?? known ?? next;
    const holder = vocabulary.token(id) ?? byId.get(id) ?? content;
    if (
      !content ||
      holder !== content ||
      (known ?? id) !== id ||
      contents.has(content) ||
      !Number.isInteger(id) ||
      id < 0 ||
      id >= idLimit
    ) {
      throw new OptionError(
        `Tokenizer: \`addedTokens\` must have unique texts and ids, and no empty text, got ${showValue(content)} with id ${showValue(id)}`,
      );
    }
    next = Math.max(next, id + 1);
    byId.set(id, content);
    contents.add(content);
    return {
      special,
      normalized: !special,
      lstrip: false,
      rstrip: false,
      singleWord: false,
      ...defined(rest),
      content,
      id,
    };
  });
}

/** Drops fields that are undefined. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** A match before or after one of these characters is part of a longer word. */
const [endsInWord, beginsWithWord] = [
  /* @__PURE__ */ new RegExp(`${wordClass}$`, 'v'),
  /* @__PURE__ */ new RegExp(`^${wordClass}`, 'v'),
];

function finder(entries: readonly (readonly [string, Required<AddedToken>])[]): Finder | undefined {
  const found = entries.filter(([content]) => content);
  if (!found.length) return undefined;
  return { texts: new TextFinder(found.map(([content]) => content)), tokens: found.map(([, token]) => token) };
}

function splitAt(whole: Aligned, find: Finder | undefined): Section[] {
  if (!find) return [{ text: whole }];
  const { text } = whole;
  const sections: Section[] = [];
  const places = find.texts.findAll(text);
  let at = 0;
  for (let i = 0; i < places.length; i += 3) {
    let [from, to] = [places[i]!, places[i + 1]!];
    const token = find.tokens[places[i + 2]!]!;
    // The whitespace before this match may already belong to the previous token.
    if (from < at) continue;
    if (
      token.singleWord &&
      (endsInWord.test(text.slice(Math.max(0, from - 2), from)) || beginsWithWord.test(text.slice(to, to + 2)))
    )
      continue;
    if (token.lstrip) from = beforeSpaces(text, from, at);
    if (token.rstrip) to = afterSpaces(text, to);
    if (from > at) sections.push({ text: whole.slice(at, from) });
    sections.push({ text: whole.slice(from, to), token });
    at = to;
  }
  if (at < text.length) sections.push({ text: whole.slice(at, text.length) });
  return sections;
}
