import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError, MissingDataError } from '@chainrule/errors';
import { maybeGunzip, readCsv, readText } from '@chainrule/data-loaders';

/** A sentence and a translation, in words. */
export interface Pair {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** A sentence with all known translations. */
export interface Question {
  readonly source: readonly string[];
  readonly references: readonly (readonly string[])[];
}

/** Pairs for training, validation and testing. */
export interface Pairs {
  readonly train: readonly Pair[];
  readonly validation: readonly Pair[];
  readonly test: readonly Pair[];
}

/** Words and punctuation marks; `j'en` is two words. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{L}['’])(?=\p{L})/gu, '$1 ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The distinct sentences of the pairs, each with all its translations in `known`. */
export function questionsOf(pairs: readonly Pair[], known: readonly Pair[]): Question[] {
  const key = (words: readonly string[]): string => words.join(' ');
  const translations = new Map<string, Map<string, readonly string[]>>();
  for (const { source, target } of known) {
    const all = translations.get(key(source)) ?? new Map<string, readonly string[]>();
    translations.set(key(source), all.set(key(target), target));
  }
  const asked = new Map(pairs.map(({ source }) => [key(source), source]));
  return Array.from(asked, ([text, source]) => ({ source, references: [...translations.get(text)!.values()] }));
}

/** 13,062 short sentence pairs: a table with columns for English, the split and French. */
export async function simpleEngFra(dataDir: string): Promise<Pairs> {
  const names = ['simple_eng_fra.csv', 'simple_eng_fra.csv.gz'];
  const files = [...names, ...names.map((name) => join('translation', name))].map((file) => join(dataDir, file));
  for (const file of files) {
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? undefined : Promise.reject(error),
    );
    if (bytes === undefined) continue;
    const table = readCsv(readText(await maybeGunzip(bytes, { name: file }), { name: file }), { name: file });
    const [sources, splits, targets] = ['source_language', 'split', 'target_language'].map((column) =>
      table.text(column),
    ) as [string[], string[], string[]];
    const other = splits.find((split) => !['train', 'val', 'test'].includes(split));
    if (other !== undefined)
      throw new FormatError(
        `translate: ${file}: expected the splits train, val and test, got ${JSON.stringify(other)}`,
      );
    const pairs = sources.map((source, i) => ({ source: wordsOf(source), target: wordsOf(targets[i]!) }));
    const part = (name: string): Pair[] => pairs.filter((_, i) => splits[i] === name);
    return { train: part('train'), validation: part('val'), test: part('test') };
  }
  throw new MissingDataError(`translate: expected ${files.join(' or ')}, got none; see --data-dir`);
}
