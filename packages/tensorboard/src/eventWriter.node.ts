import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StateError } from '@chainrule/errors';
import { aPath, aString, checkThat, integerFrom } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';
import { encodeImages } from './encodeImages.ts';
import { encodeEvent, type EventContent } from './event.ts';
import { histogramOf } from './histogram.ts';
import { record } from './record.ts';

const aStep = integerFrom(0);
/** NaN and infinities belong in a log, too. */
const aValue = checkThat('a number', (value) => typeof value === 'number');
let files = 0;

/**
 * Creates an event file that TensorBoard reads. Events are written in the order of the calls. A process that is killed
 * leaves the events that it has written; TensorBoard ignores an incomplete last one.
 *
 * @param folder - the log folder of one run; it is created if it does not exist
 * @example
 * import { mkdtemp, rm } from 'node:fs/promises';
 * const folder = await mkdtemp('/tmp/events-');
 * const writer = await openEventWriter(folder);
 * await writer.scalar('loss', 0.5, 0);
 * await writer.histogram('weights', tensor([1, 2, 3]), 0);
 * await writer.close();
 * await rm(folder, { recursive: true });
 */
export async function openEventWriter(folder: string): Promise<EventWriter> {
  aPath('openEventWriter', 'folder', folder);
  await mkdir(folder, { recursive: true });
  const seconds = String(Math.floor(Date.now() / 1000)).padStart(10, '0');
  const name = `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${files++}`;
  const writer = new EventWriter(await open(join(folder, name), 'ax'));
  await writer.write({ fileVersion: 'brain.Event:2' });
  return writer;
}

/** Writes an event file. {@link openEventWriter} makes one. */
export class EventWriter {
  readonly #file: FileHandle;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** @internal */
  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Writes a number under a tag, such as `loss` or `layer/loss`. */
  async scalar(tag: string, value: number, step: number): Promise<void> {
    checkPlace('scalar', tag, step);
    aValue('scalar', 'value', value);
    await this.write({ step, values: [{ tag, scalar: value }] });
  }

  /** Writes how the values of a tensor are distributed. Values that are not finite are left out. */
  async histogram(tag: string, values: Tensor, step: number): Promise<void> {
    checkPlace('histogram', tag, step);
    aTensor('histogram', 'values', values);
    await this.write({ step, values: [{ tag, histogram: histogramOf(await values.read()) }] });
  }

  /**
   * Writes images `[height, width, channels]` or `[batch, height, width, channels]`; several get numbers after the tag.
   *
   * @param images - floats from 0 to 1, or uint8; 1 to 4 channels
   * @throws ShapeError for another shape; DTypeError for another dtype
   */
  async images(tag: string, images: Tensor, step: number): Promise<void> {
    checkPlace('images', tag, step);
    aTensor('images', 'images', images);
    await images.read();
    const encoded = encodeImages('images', images);
    const tags = encoded.map((_, i) => (images.rank === 4 ? `${tag}/${i}` : tag));
    await this.write({ step, values: encoded.map((image, i) => ({ tag: tags[i]!, image })) });
  }

  /** Waits until all events are written, and closes the file. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#last.catch(() => undefined);
    await this.#file.close();
  }

  /** @internal */
  write(content: EventContent): Promise<void> {
    if (this.#isClosed) throw new StateError('write: the writer must be open, got one after `close`');
    const bytes = record(encodeEvent(Date.now() / 1000, content));
    const written = this.#last.then(() => this.#file.appendFile(bytes));
    this.#last = written;
    return written;
  }
}

function checkPlace(op: string, tag: string, step: number): void {
  aString(op, 'tag', tag);
  aStep(op, 'step', step);
}
