import type { Field } from './json.ts';
import type { UnicodeForm } from './normalizers/unicodeForm.ts';

/** What `WordTokenizer.toJSON` writes. */
export interface WordTokenizerJson {
  readonly options: {
    readonly numWords?: number | undefined;
    readonly minCount: number;
    readonly filters: string;
    readonly lower: boolean;
    readonly split: string;
    readonly charLevel: boolean;
    readonly oovToken?: string | undefined;
    readonly normalize?: UnicodeForm | undefined;
  };
  readonly documentCount: number;
  /** For each word, in the order of first occurrence: its count and the number of texts that contain it. */
  readonly words: readonly (readonly [word: string, count: number, documents: number])[];
}

const forms = { NFC: 'NFC', NFD: 'NFD', NFKC: 'NFKC', NFKD: 'NFKD' } as const;

/** Checks and reads the result of `WordTokenizer.toJSON`. */
export function readWordTokenizer(file: Field): WordTokenizerJson {
  const options = file.at('options');
  const optional = <T>(key: string, read: (field: Field) => T): T | undefined =>
    options.at(key).isNone ? undefined : read(options.at(key));
  const documentCount = file.at('documentCount').count();
  const seen = new Set<string>();
  const words = file
    .at('words')
    .list()
    .map((entry) => {
      const [word, count, documents, ...rest] = entry.list();
      if (!word || !count || !documents || rest.length) return entry.fail('[word, count, number of texts]');
      if (seen.has(word.string())) word.fail('a word that is not listed twice');
      seen.add(word.string());
      if (documents.count() > Math.min(documentCount, count.count()))
        documents.fail('at most the number of texts and of occurrences');
      return [word.string(), count.count(), documents.count()] as const;
    });
  return {
    options: {
      numWords: optional('numWords', (field) => field.count() || field.fail('a positive integer')),
      minCount: optional('minCount', (field) => field.count() || field.fail('a positive integer')) ?? 1,
      filters: options.at('filters').string(),
      lower: options.at('lower').boolean(),
      split: options.at('split').string() || options.at('split').fail('non-empty text'),
      charLevel: options.at('charLevel').boolean(),
      oovToken: optional('oovToken', (field) => field.string() || field.fail('non-empty text')),
      normalize: optional('normalize', (field) => field.oneOf(forms)),
    },
    documentCount,
    words,
  };
}
