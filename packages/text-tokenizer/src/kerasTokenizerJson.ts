import { Field } from './json.ts';
import type { WordTokenizerJson } from './wordTokenizerJson.ts';

/** Numbers by word, which Keras writes as JSON within JSON. */
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
 * Checks what `to_json` of Keras' own `Tokenizer` wrote.
 *
 * Source: Keras 2, `keras_preprocessing/text.py`.
 */
export function readKerasTokenizer(file: Field): WordTokenizerJson {
  file.at('class_name').oneOf({ Tokenizer: true });
  const config = file.at('config');
  const optional = <T>(key: string, read: (field: Field) => T): T | undefined =>
    config.at(key).isNone ? undefined : read(config.at(key));
  const oovToken = optional('oov_token', (field) => field.string() || field.fail('text that is not empty'));
  const documentCount = config.at('document_count').count(0);
  const [counts, documents] = [readNumbers(config, 'word_counts'), readNumbers(config, 'word_docs')];
  // Objects of JavaScript put words such as "2024" first, so the indices tell the order.
  const indices = [...readNumbers(config, 'word_index')]
    .filter(([word]) => word !== oovToken || counts.has(word))
    .sort((a, b) => a[1] - b[1]);
  const words = indices.map(([word], i) => {
    const count = counts.get(word);
    const before = i > 0 ? counts.get(indices[i - 1]![0])! : Infinity;
    if (count === undefined || (count > before && indices[i - 1]![0] !== oovToken))
      config.at('word_index').fail('words with counts, the most frequent first');
    return [word, count!, Math.min(documents.get(word) ?? 0, count!, documentCount)] as const;
  });
  return {
    options: {
      numWords: optional('num_words', (field) => field.count() || field.fail('a whole number from 1')),
      minCount: 1,
      filters: config.at('filters').string(''),
      lower: config.at('lower').boolean(true),
      split: config.at('split').string(' ') || config.at('split').fail('text that is not empty'),
      charLevel: config.at('char_level').boolean(false),
      oovToken,
      normalize: undefined,
    },
    documentCount,
    words,
  };
}
