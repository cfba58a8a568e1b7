import type { DataSetOptions } from '@chainrule/data-loaders/node';
import type { Options } from './task.ts';

/** Where loaders take files from: the folder of `--data-dir`, or a download, with a line for each file. */
export function filesOf({ dataDir, mirror }: Pick<Options, 'dataDir' | 'mirror'>): DataSetOptions {
  if (dataDir !== undefined) return { dataDir };
  const begun = new Set<string>();
  return {
    ...(mirror !== undefined && { mirrors: [mirror] }),
    onProgress({ file, total }) {
      if (begun.has(file)) return;
      begun.add(file);
      console.log(`downloading ${file}${total === undefined ? '' : `, ${(total / 1e6).toFixed(1)} MB`}`);
    },
  };
}
