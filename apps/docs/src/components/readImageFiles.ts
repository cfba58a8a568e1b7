import { type NamedBytes, readMnist } from '@chainrule/data-loaders';
import type { Images } from '../demos/digits/program.ts';

/** Reads a pair of files in the format of MNIST, which the reader dropped or chose. */
export async function readImageFiles(files: readonly File[]): Promise<Images> {
  if (files.length !== 2) throw new Error(`Choose two files, images and labels. You chose ${files.length}.`);
  const [labels, images] = [...files].sort((a, b) => a.size - b.size);
  const read = await readMnist(await named(images!), await named(labels!), { limit: mostImages });
  return { images: Uint8Array.from(read.images.data), labels: Uint8Array.from(read.labels.toArray()) };
}

const mostImages = 20_000;

async function named(file: File): Promise<NamedBytes> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
