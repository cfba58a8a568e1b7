import { readCsv } from '@chainrule/data-loaders';
import type { Labeled } from './program.ts';

const mostTexts = 20_000;
const mostClasses = 20;

/** Reads a table of two columns, texts and labels, which may have other columns if these two have their names. */
export async function readLabeled(file: File): Promise<Labeled> {
  const content = await file.text();
  const first = content.slice(0, content.search(/\r?\n|$/)).toLowerCase();
  const delimiter = first.includes('\t') ? '\t' : first.includes(';') && !first.includes(',') ? ';' : ',';
  const hasHeader = /\b(text|label)\b/.test(first);
  const table = readCsv(content, { name: file.name, delimiter, ...(hasHeader ? {} : { header: ['text', 'label'] }) });
  const names = table.columns;
  const [textColumn, labelColumn] = [
    names.find((name) => /^text$/i.test(name)),
    names.find((name) => /^label$/i.test(name)),
  ];
  if (!textColumn || !labelColumn)
    throw new Error(`${file.name} needs a column "text" and a column "label". It has ${names.join(', ')}.`);
  const [texts, labels] = [table.text(textColumn).slice(0, mostTexts), table.text(labelColumn).slice(0, mostTexts)];
  const classes = new Set(labels);
  if (classes.size < 2 || classes.size > mostClasses)
    throw new Error(`${file.name} must have 2 to ${mostClasses} different labels. It has ${classes.size}.`);
  if (texts.length < 20) throw new Error(`${file.name} has ${texts.length} texts. A training needs at least 20.`);
  return { texts: [...texts], labels: [...labels] };
}
