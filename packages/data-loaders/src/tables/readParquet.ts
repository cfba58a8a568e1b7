import { FormatError, showValue } from '@chainrule/errors';
import { aString, checkOptions, type Checks, refuse } from '@chainrule/errors/check';
import {
  type AsyncBuffer,
  type ColumnData,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { strings } from '../checks.ts';
import { ColumnTable } from './columnTable.ts';

/** A Parquet file: its bytes, or a `Blob`, of which only the parts in use are read. */
export type ParquetFile = Uint8Array | ArrayBuffer | Blob;

/** Options of {@link readParquet} and {@link parquetTables}. */
export interface ReadParquetOptions {
  /** The columns to read. Default: all. */
  readonly columns?: readonly string[];
  /** The name of the file in messages. Default: `file`. */
  readonly name?: string;
}

const parquetChecks: Checks<ReadParquetOptions> = { columns: strings, name: aString };

/**
 * Reads a Parquet file with flat columns.
 *
 * @param file - its bytes or a `Blob`; in Node, `openAsBlob(path)` of `node:fs` makes one
 * @param options - `columns` (all), `name` for messages
 * @throws FormatError if the file is not Parquet, a column is missing, or its values are nested
 * @example
 * import { openAsBlob } from 'node:fs';
 * const read = async (path: string) => (await readParquet(await openAsBlob(path), { columns: ['age'] })).tensor();
 */
export async function readParquet(file: ParquetFile, options: ReadParquetOptions = {}): Promise<ColumnTable> {
  const reader = await openParquet('readParquet', file, options);
  return reader.rows(0, Number(reader.metadata.num_rows));
}

/**
 * Reads a Parquet file one row group after the other, so that it may be larger than memory. A function that calls it is a source
 * of `Dataset`.
 *
 * @param file - its bytes or a `Blob`; in Node, `openAsBlob(path)` of `node:fs` makes one
 * @param options - `columns` (all), `name` for messages
 * @throws FormatError if the file is not Parquet, a column is missing, or its values are nested
 * @example
 * const batches = (file: Blob) =>
 *   Dataset.from(() => parquetTables(file)).map((table) => ({ x: table.tensor(['age']), y: table.classes('sex', ['f', 'm']).labels }));
 */
export async function* parquetTables(
  file: ParquetFile,
  options: ReadParquetOptions = {},
): AsyncGenerator<ColumnTable, void, undefined> {
  const reader = await openParquet('parquetTables', file, options);
  let start = 0;
  for (const group of reader.metadata.row_groups) {
    const end = start + Number(group.num_rows);
    yield await reader.rows(start, end);
    start = end;
  }
}

interface ParquetReader {
  readonly metadata: FileMetaData;
  rows(start: number, end: number): Promise<ColumnTable>;
}

async function openParquet(op: string, given: ParquetFile, options: ReadParquetOptions): Promise<ParquetReader> {
  const file = bufferOf(op, given);
  checkOptions(op, options, parquetChecks);
  const { name = 'file' } = options;
  const inFile = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FormatError) throw error;
      throw new FormatError(`${op}: ${name}: ${(error as Error).message}`, { cause: error });
    }
  };
  const metadata = await inFile(() => parquetMetadataAsync(file));
  const known = parquetSchema(metadata).children.map((child) => child.element.name);
  const columns = options.columns ?? known;
  for (const column of columns)
    if (!known.includes(column))
      throw new FormatError(`${op}: ${name}: expected a column ${showValue(column)}, got ${showValue(known)}`);
  const nested = parquetSchema(metadata).children.find(
    (child) => child.children.length > 0 && columns.includes(child.element.name),
  );
  if (nested)
    throw new FormatError(
      `${op}: ${name}: expected flat columns, got the nested column ${showValue(nested.element.name)}`,
    );
  const rows = async (rowStart: number, rowEnd: number): Promise<ColumnTable> => {
    const values = new Map(columns.map((column) => [column, new Array<unknown>(rowEnd - rowStart).fill(null)]));
    const onChunk = ({ columnName, columnData, rowStart: first }: ColumnData): void => {
      const column = values.get(columnName)!;
      for (let i = 0; i < columnData.length; i++) {
        const row = first + i - rowStart;
        if (row >= 0 && row < column.length) column[row] = columnData[i];
      }
    };
    if (rowEnd > rowStart)
      await inFile(() =>
        parquetRead({ file, metadata, columns: [...columns], rowStart, rowEnd, compressors, onChunk }),
      );
    return new ColumnTable(Object.fromEntries(values));
  };
  return { metadata, rows };
}

function bufferOf(op: string, file: ParquetFile): AsyncBuffer {
  if (file instanceof Blob)
    return { byteLength: file.size, slice: (start, end) => file.slice(start, end ?? file.size).arrayBuffer() };
  const bytes = file instanceof ArrayBuffer ? new Uint8Array(file) : file;
  if (!(bytes instanceof Uint8Array))
    refuse(op, 'file', 'bytes or a Blob', file, 'in Node, pass `await openAsBlob(path)`');
  return {
    byteLength: bytes.length,
    slice: (start, end) => bytes.slice(start, end ?? bytes.length).buffer,
  };
}
