import type { Series } from './program.ts';

/** More would make each step of the training slow. */
const mostValues = 600;

/** The columns of numbers in a CSV file with or without a header, each as a series of its last values. */
export async function readSeries(file: File): Promise<Readonly<Record<string, Series>>> {
  const { readCsv } = await import('@chainrule/data-loaders');
  const text = await file.text();
  const first = text.split(/\r?\n/, 1)[0]!;
  const delimiter = [';', '\t', ','].find((mark) => first.includes(mark)) ?? ',';
  const hasHeader = first.split(delimiter).some((cell) => cell.trim() === '' || Number.isNaN(Number(cell)));
  const header = hasHeader || first.split(delimiter).map((_, i) => `column ${i + 1}`);
  const table = readCsv(text, { name: file.name, delimiter, header, trim: true });
  const found: Record<string, Series> = {};
  for (const name of table.columns) {
    const values = table.text(name).map((cell) => (cell.trim() === '' ? NaN : Number(cell)));
    if (values.length > 20 && values.every(Number.isFinite)) found[name] = { values: values.slice(-mostValues) };
  }
  if (Object.keys(found).length === 0)
    throw new Error(`${file.name}: no column holds more than 20 rows of numbers. Missing values are not allowed.`);
  return found;
}
