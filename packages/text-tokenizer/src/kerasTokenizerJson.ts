import { Field } from './json.ts';
import type { WordTokenizerJson } from './wordTokenizerJson.ts';

/** Numbers by word; Keras writes them as a string of JSON within the JSON. */
function readNumbers(config: Field, key: string): Map<string, number> {
  const field = config.at(key);
  let value: unknown;
  try {
    value = typeof field.value === 'string' ? (JSON.parse(field.value) as unknown) : field.value;
  } catch {
    field.fail('JSON of numbers by word');
  }
  const numbers = new Field(field.op, value, field.path);
  return new Map(Object.keys(numbers.object()).map((word) => [word, numbers.at(word).count()]));
}

/**
 * Reads the result of `to_json` of Keras' `Tokenizer`.
 *
 * Source: Keras 2, `keras_preprocessing/text.py`.
 */
export function readKerasTokenizer(file: Field): WordTokenizerJson {
  file.at('class_name').oneOf({ Tokenizer: true });
  const config = file.at('config');
  const optional = <T>(key: string, read: (field: Field) => T): T | undefined =>
    config.at(key).isNone ? undefined : read(config.at(key));
  const oovToken = optional('oov_token', (field) => field.string() || field.fail('non-empty text'));
  const documentCount = config.at('document_count').count(0);
  const [counts, documents] = [readNumbers(config, 'word_counts'), readNumbers(config, 'word_docs')];
  // A JavaScript object puts words such as "2024" first, so the order comes from the indices.
  const indices = [...readNumbers(config, 'word_index')]
    .filter(([word]) => word !== oovToken || counts.has(word))
    .sort((a, b) => a[1] - b[1]);
  const words = indices.map(([word], i) => {
    const count = counts.get(word);
    const before = i > 0 ? counts.get(indices[i - 1]![0])! : Infinity;
    if (count === undefined || (count > before && indices[i - 1]![0] !== oovToken))
      config.at('word_index').fail('words with counts, sorted by count');
    return [word, count!, Math.min(documents.get(word) ?? 0, count!, documentCount)] as const;
  });
  return {
    options: {
      numWords: optional('num_words', (field) => field.count() || field.fail('a positive integer')),
      minCount: 1,
      filters: config.at('filters').string(''),
      lower: config.at('lower').boolean(true),
      split: config.at('split').string(' ') || config.at('split').fail('non-empty text'),
      charLevel: config.at('char_level').boolean(false),
      oovToken,
      normalize: undefined,
    },
    documentCount,
    words,
  };
}
