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
  /** Words in the order in which they first occurred, how often they did, and in how many texts. */
  readonly words: readonly (readonly [word: string, count: number, documents: number])[];
}

const forms = { NFC: 'NFC', NFD: 'NFD', NFKC: 'NFKC', NFKD: 'NFKD' } as const;

/** Checks what `WordTokenizer.toJSON` wrote. */
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
      if (!word || !count || !documents || rest.length) return entry.fail('a word, its count and its number of texts');
      if (seen.has(word.string())) word.fail('another word');
      seen.add(word.string());
      if (documents.count() > Math.min(documentCount, count.count())) documents.fail('no more texts than there are');
      return [word.string(), count.count(), documents.count()] as const;
    });
  return {
    options: {
      numWords: optional('numWords', (field) => field.count() || field.fail('a whole number from 1')),
      minCount: optional('minCount', (field) => field.count() || field.fail('a whole number from 1')) ?? 1,
      filters: options.at('filters').string(),
      lower: options.at('lower').boolean(),
      split: options.at('split').string() || options.at('split').fail('text that is not empty'),
      charLevel: options.at('charLevel').boolean(),
      oovToken: optional('oovToken', (field) => field.string() || field.fail('text that is not empty')),
      normalize: optional('normalize', (field) => field.oneOf(forms)),
    },
    documentCount,
    words,
  };
}
