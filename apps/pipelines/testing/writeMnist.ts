import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digits } from '@chainrule/data-loaders';

/** Writes drawn digits into a folder, in the format and under the names of MNIST. */
export function writeMnist(folder: string, train: number, test: number): void {
  const idx = (type: number, shape: readonly number[], bytes: Uint8Array): Buffer => {
    const head = Buffer.alloc(4 + 4 * shape.length);
    [type, ...shape].forEach((n, i) => head.writeUInt32BE(n, 4 * i));
    return Buffer.concat([head, bytes]);
  };
  for (const [name, count, seed] of [
    ['train', train, 1],
    ['t10k', test, 2],
  ] as const) {
    const { images, labels } = digits({ count, seed });
    writeFileSync(join(folder, `${name}-images-idx3-ubyte`), idx(0x803, [count, 28, 28], images.data as Uint8Array));
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), idx(0x801, [count], Uint8Array.from(labels.data)));
  }
}
