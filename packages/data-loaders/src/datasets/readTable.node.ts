import type { CsvTable } from '../csv/csvTable.ts';
import { readCsv, type ReadCsvOptions } from '../csv/readCsv.ts';
import { readText } from '../text/readLines.ts';
import { checkCount } from './checkCount.ts';
import { type DataSetOptions, locate, type RemoteFile } from './locate.node.ts';

/** A table on a server. */
export interface RemoteTable extends RemoteFile {
  readonly rows: number;
}

/** Reads the table of a data set, with all of its rows. */
export async function readTable(
  op: string,
  remote: RemoteTable,
  format: ReadCsvOptions,
  options: DataSetOptions,
): Promise<CsvTable> {
  const [file] = await locate({ op, folder: 'tabular' }, [remote], options);
  const { name, bytes } = file!;
  const table = readCsv(readText(bytes, { name }), { ...format, name });
  checkCount(op, name, { expected: remote.rows, got: table.size, of: 'rows' });
  return table;
}
