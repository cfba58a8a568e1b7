import { PbfWriter } from 'pbf';

/** An image as a PNG file. */
export interface EncodedImage {
  readonly height: number;
  readonly width: number;
  /** 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
  readonly png: Uint8Array;
}

/** Statistics of values, and how many of them fall between one limit and the next. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Upper limits of the buckets, ascending. */
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

/** One value of a summary, under a tag. */
export type SummaryValue = { readonly tag: string } & (
  { readonly scalar: number } | { readonly image: EncodedImage } | { readonly histogram: Histogram }
);

/** What an event records: the version of the file, or values at a step. */
export type EventContent =
  { readonly fileVersion: string } | { readonly step: number; readonly values: readonly SummaryValue[] };

/** Encodes an event. The numbers of the fields are those of TensorFlow's `event.proto` and `summary.proto`. */
export function encodeEvent(wallTime: number, content: EventContent): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, wallTime);
  if ('fileVersion' in content) pbf.writeStringField(3, content.fileVersion);
  else {
    pbf.writeVarintField(2, content.step);
    pbf.writeMessage(5, writeSummary, content.values);
  }
  return pbf.finish();
}

function writeSummary(values: readonly SummaryValue[], pbf: PbfWriter): void {
  for (const value of values) pbf.writeMessage(1, writeValue, value);
}

function writeValue(value: SummaryValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, value.tag);
  if ('scalar' in value) pbf.writeFloatField(2, value.scalar);
  else if ('image' in value) pbf.writeMessage(4, writeImage, value.image);
  else pbf.writeMessage(5, writeHistogram, value.histogram);
}

function writeImage({ height, width, channels, png }: EncodedImage, pbf: PbfWriter): void {
  pbf.writeVarintField(1, height);
  pbf.writeVarintField(2, width);
  pbf.writeVarintField(3, channels);
  pbf.writeBytesField(4, png);
}

function writeHistogram({ min, max, count, sum, sumOfSquares, limits, counts }: Histogram, pbf: PbfWriter): void {
  [min, max, count, sum, sumOfSquares].forEach((value, i) => pbf.writeDoubleField(i + 1, value));
  pbf.writePackedDouble(6, [...limits]);
  pbf.writePackedDouble(7, [...counts]);
}
