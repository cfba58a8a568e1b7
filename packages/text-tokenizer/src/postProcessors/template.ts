import { OptionError, showValue } from '@chainrule/errors';
import { type Check, checkOptions, checkThat, listOf, refuse } from '@chainrule/errors/check';
import { aTokenId, isObject, strings } from '../checks.ts';
import { checkTokens, type Encoding, joinEncodings, withType } from '../encoding.ts';
import type { Json } from '../json.ts';
import type { PostProcessor } from '../pipeline.ts';

/** A part of a template: the first text `A`, the second `B`, or a special token; and the type of its tokens. */
export interface TemplatePart {
  readonly text?: 'A' | 'B';
  readonly token?: string;
  readonly typeId?: number;
}

/** Options of {@link template}. */
export interface TemplateOptions {
  /** Template for one text. */
  readonly single: readonly TemplatePart[];
  /** Template for a pair; by default both texts without special tokens. */
  readonly pair?: readonly TemplatePart[];
  /** The id of each special token in the template, or its ids and tokens. */
  readonly specialTokens: Readonly<
    Record<string, number | { readonly ids: readonly number[]; readonly tokens: readonly string[] }>
  >;
}

/** An encoding of special tokens, which come from no text. */
export function specialEncoding(ids: readonly number[], tokens: readonly string[], typeId: number): Encoding {
  return {
    ids: Int32Array.from(ids),
    tokens,
    offsets: new Int32Array(2 * ids.length),
    typeIds: new Int32Array(ids.length).fill(typeId),
  };
}

const parts = /* @__PURE__ */ listOf(
  'a list of parts',
  /* @__PURE__ */ checkThat('a part such as { text: "A" }', isObject),
);

/** Checks ids by token: a number, or an object of ids and tokens. */
const idsOfTokens: Check = (op, name, value) => {
  if (!isObject(value)) refuse(op, name, 'an object of tokens and their ids', value);
  for (const [token, given] of Object.entries(value) as [string, unknown][]) {
    if (!isObject(given)) aTokenId(op, `${name}.${token}`, given);
    else {
      const { ids, tokens } = given as { readonly ids?: unknown; readonly tokens?: unknown };
      tokenIds(op, `${name}.${token}.ids`, ids);
      strings(op, `${name}.${token}.tokens`, tokens);
      const { length } = ids as readonly number[];
      if ((tokens as readonly string[]).length !== length)
        refuse(op, `${name}.${token}.tokens`, `as long as \`ids\`, ${length}`, tokens);
    }
  }
};
const tokenIds = /* @__PURE__ */ listOf('a list of ids', aTokenId);

/**
 * Adds special tokens by a template.
 *
 * @throws OptionError if the template names a token without an id, or `single` names a second text
 * @example
 * const post = template({ single: [{ token: '<s>' }, { text: 'A' }], specialTokens: { '<s>': 1 } });
 * const model = wordPiece({ vocab: ['[UNK]', '<s>', 'a'] });
 * new Tokenizer({ model, postProcessor: post }).encode('a').tokens; // => ['<s>','a']
 */
export function template(options: TemplateOptions): PostProcessor {
  checkOptions(
    'template',
    options,
    { single: parts, pair: parts, specialTokens: idsOfTokens },
    'single',
    'specialTokens',
  );
  const { single, pair = [{ text: 'A' }, { text: 'B', typeId: 1 }], specialTokens } = options;
  const specials = new Map(
    Object.entries(specialTokens).map(([name, value]) => [
      name,
      typeof value === 'number' ? { ids: [value], tokens: [name] } : value,
    ]),
  );
  for (const { token, text } of [...single, ...pair]) {
    if (text === undefined && (token === undefined || !specials.has(token))) {
      throw new OptionError(
        `template: \`specialTokens\` must contain every token of the template, got none for ${showValue(token)}`,
      );
    }
  }
  if (single.some(({ text }) => text === 'B')) throw new OptionError('template: `single` must use text A only, got B');
  return {
    process: (texts, addSpecialTokens) => {
      const parts = (texts[1] ? pair : single).flatMap(({ text, token, typeId = 0 }) => {
        if (text) return [withType(texts[text === 'A' ? 0 : 1]!, typeId)];
        const { ids, tokens } = specials.get(token!)!;
        return addSpecialTokens ? [specialEncoding(ids, tokens, typeId)] : [];
      });
      return [joinEncodings(checkTokens('template', texts, parts))];
    },
    toJSON: () => ({
      type: 'TemplateProcessing',
      single: single.map(partToJSON),
      pair: pair.map(partToJSON),
      special_tokens: Object.fromEntries(
        [...specials].map(([id, { ids, tokens }]) => [id, { id, ids: [...ids], tokens: [...tokens] }]),
      ),
    }),
  };
}

function partToJSON({ text, token, typeId = 0 }: TemplatePart): Json {
  return text ? { Sequence: { id: text, type_id: typeId } } : { SpecialToken: { id: token!, type_id: typeId } };
}
