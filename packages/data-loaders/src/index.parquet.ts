export { type ParquetFile, parquetTables, readParquet, type ReadParquetOptions } from './tables/readParquet.ts';
