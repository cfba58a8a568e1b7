import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readTokenizer } from './index.ts';
import type { Json } from './json.ts';

/** Results of the Rust library; `scripts/golden/tokenizerFiles.py` writes them. */
interface Golden {
  readonly texts: readonly string[];
  readonly cases: readonly {
    readonly name: string;
    readonly tokenizer: { readonly [key: string]: Json };
    readonly ids: readonly (readonly number[])[];
    readonly decoded: readonly string[];
  }[];
}

const file = process.env['GOLDEN_TOKENIZERS'] ?? new URL('../testdata/tokenizers.json', import.meta.url);
const { texts, cases } = JSON.parse(readFileSync(file, 'utf8')) as Golden;

test.each(cases)('$name encodes and decodes as in the Rust library', ({ tokenizer: json, ids, decoded }) => {
  const tokenizer = readTokenizer(json);
  const again = readTokenizer(JSON.stringify(tokenizer));
  for (const [i, text] of texts.entries()) {
    const encoding = tokenizer.encode(text);
    expect([...encoding.ids], JSON.stringify(text)).toEqual(ids[i]);
    expect(again.encode(text), JSON.stringify(text)).toEqual(encoding);
    expect(tokenizer.decode(ids[i]!, { skipSpecialTokens: false }), JSON.stringify(text)).toBe(decoded[i]);
  }
});
