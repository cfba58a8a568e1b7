import { readCsv } from '@chainrule/data-loaders';
import type { Pair } from './program.ts';

const [least, most, longest] = [100, 5000, 15];

/** Reads lines of a sentence and its translation, with a tab between them, or as a CSV table. Leaves long ones out. */
export async function readPairs(file: File): Promise<Pair[]> {
  const content = await file.text();
  const isTabbed = content.includes('\t');
  const table = readCsv(content, {
    name: file.name,
    header: false,
    ...(isTabbed ? { delimiter: '\t', quote: false as const } : {}),
  });
  const [first, second] = table.columns;
  if (first === undefined || second === undefined)
    throw new Error(`${file.name} needs two columns: a sentence and its translation.`);
  const [sources, targets] = [table.text(first), table.text(second)];
  const isShort = (text: string): boolean => text.trim() !== '' && text.split(/\s+/).length <= longest;
  const pairs = sources
    .map((source, i): Pair => [source.replace(/[\^$]/g, ''), targets[i]!.replace(/[\^$]/g, '')])
    .filter((pair) => pair.every(isShort))
    .slice(0, most);
  if (pairs.length < least)
    throw new Error(
      `${file.name} must have at least ${least} pairs of up to ${longest} words. It has ${pairs.length}.`,
    );
  return pairs;
}
