import { FormatError, showValue } from '@chainrule/errors';
import { aString, checkOptions } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { missingNumber } from '../checks.ts';
import { decimal } from '../csv/decimal.ts';
import { readLines } from '../text/readLines.ts';

/** Series of one or more channels, and the class of each. */
export interface LabeledSeries {
  /** One tensor `[time, channels]` per series. Lengths may differ: `stack` joins equal ones, and {@link padEnd} pads the others. */
  readonly series: readonly Tensor<[number, number], 'float32'>[];
  /** `[series]`, from 0. */
  readonly labels: Tensor<[number], 'int32'>;
  readonly classes: readonly string[];
}

/** Options of {@link readTimeSeries}. */
export interface ReadTimeSeriesOptions {
  /** The replacement for missing values, written `?`. By default they throw. */
  readonly missing?: number;
  /** The name of the text in error messages, such as a file name; by default `text`. */
  readonly name?: string;
}

/** The header. The first series fills in what the header does not set. */
interface Header {
  readonly classes: readonly string[];
  readonly channels: number | undefined;
  readonly length: number | undefined;
  /** Whether all series have the same number of steps. */
  readonly equal: boolean;
  /** The line of `@data`, from 1. */
  readonly end: number;
}

type Fail = (expected: string, got: string, line: number) => never;

/**
 * Reads labeled time series in the format `.ts`. A header of lines `@key value` includes the class names,
 * `@classLabel true …`. After `@data`, each line is a series: channels separated by colons, values separated by commas, and
 * the class last. Skips empty lines and lines that begin with `#`.
 *
 * Source: the format of the UEA and UCR archive (Bagnall et al., 2018), without time stamps.
 *
 * @param text - the whole text; {@link readText} decodes bytes
 * @throws FormatError if a line is invalid, a class is unknown, or the number of channels or steps differs from the header,
 * the first series or the first channel; the message has the line
 * @example
 * const { series, labels, classes } = readTimeSeries('@classLabel true up down\n@data\n1,2,3:4,5,6:up\n3,2:5,5:down\n');
 * series[0].toArray(); // => [[1,4],[2,5],[3,6]]
 * labels.toArray().map((label) => classes[label]); // => ['up','down']
 */
export function readTimeSeries(text: string, options: ReadTimeSeriesOptions = {}): LabeledSeries {
  aString('readTimeSeries', 'text', text);
  checkOptions('readTimeSeries', options, { name: aString, missing: missingNumber });
  const { name = 'text', missing } = options;
  const fail: Fail = (expected, got, line) => {
    throw new FormatError(`readTimeSeries: ${name}: expected ${expected}, got ${got} in line ${line}`);
  };
  const lines = readLines(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  const header = readHeader(lines, fail);
  const numbers = new Map(header.classes.map((label, i) => [label, i]));
  const series: Tensor<[number, number], 'float32'>[] = [];
  const labels: number[] = [];
  for (const [at, content] of lines.entries()) {
    const line = at + 1;
    if (line <= header.end || isSkipped(content)) continue;
    const channels = content.split(':');
    const label = channels.pop()!.trim();
    labels.push(numbers.get(label) ?? fail(`one of the classes ${showValue(header.classes)}`, showValue(label), line));
    const width = header.channels ?? series[0]?.shape[1] ?? channels.length;
    if (channels.length !== width || width === 0)
      fail(`${width > 1 ? `${width} channels` : 'one channel'} and a class`, `${channels.length}`, line);
    const steps = header.equal ? (header.length ?? series[0]?.shape[0]) : undefined;
    series.push(readSeries(channels, steps, (value) => numberOf(value, missing, line, fail), line, fail));
  }
  return { series, labels: new Tensor([labels.length], 'int32', Int32Array.from(labels)), classes: header.classes };
}

function isSkipped(line: string): boolean {
  return line.startsWith('#') || line.trim() === '';
}

function readHeader(lines: readonly string[], fail: Fail): Header {
  const found = new Map<string, { readonly value: string; readonly line: number }>();
  for (const [at, content] of lines.entries()) {
    const line = at + 1;
    if (isSkipped(content)) continue;
    const [, key, value] =
      /^@(\w+)\s*(.*)$/.exec(content.trim()) ??
      fail('@data, and lines of @key value before it', showValue(content.slice(0, 40)), line);
    if (key!.toLowerCase() === 'data') return checkHeader(found, line, fail);
    found.set(key!.toLowerCase(), { value: value!.trim(), line });
  }
  return fail('a line @data', 'none', Math.max(1, lines.length));
}

function checkHeader(
  found: ReadonlyMap<string, { readonly value: string; readonly line: number }>,
  end: number,
  fail: Fail,
): Header {
  const flag = (key: string): boolean | undefined => {
    const { value, line } = found.get(key) ?? { value: '', line: end };
    if (value !== '' && !/^(true|false)$/i.test(value)) fail(`@${key} true or false`, showValue(value), line);
    return value === '' ? undefined : value.toLowerCase() === 'true';
  };
  const count = (key: string): number | undefined => {
    const entry = found.get(key);
    if (!entry) return undefined;
    return /^[1-9]\d{0,8}$/.test(entry.value)
      ? Number(entry.value)
      : fail(`@${key} and a count from 1`, showValue(entry.value), entry.line);
  };
  if (flag('timestamps')) fail('values without timestamps', '@timeStamps true', found.get('timestamps')!.line);
  const { value, line } = found.get('classlabel') ?? fail('@classLabel true and the classes before @data', 'none', end);
  const [labelled, ...classes] = value.split(/\s+/);
  if (labelled!.toLowerCase() !== 'true' || classes.length === 0)
    fail('@classLabel true and the classes', showValue(value), line);
  if (new Set(classes).size < classes.length) fail('unique class names', showValue(classes), line);
  const [channels, length] = [count('dimensions'), count('serieslength')];
  return {
    classes,
    end,
    channels: channels ?? (flag('univariate') ? 1 : undefined),
    length,
    equal: flag('equallength') ?? length !== undefined,
  };
}

function readSeries(
  channels: readonly string[],
  length: number | undefined,
  read: (value: string) => number,
  line: number,
  fail: Fail,
): Tensor<[number, number], 'float32'> {
  const cells = channels.map((channel) => channel.split(','));
  const steps = length ?? cells[0]!.length;
  for (const [channel, { length: got }] of cells.entries())
    if (got !== steps) fail(`${steps} values in channel ${channel + 1}`, `${got}`, line);
  const data = new Float32Array(steps * cells.length);
  for (const [channel, values] of cells.entries()) {
    for (const [t, value] of values.entries()) data[t * cells.length + channel] = read(value);
  }
  return new Tensor([steps, cells.length], 'float32', data);
}

function numberOf(value: string, missing: number | undefined, line: number, fail: Fail): number {
  if (value.trim() === '?') return missing ?? fail('a number; set `missing` to replace missing values', '"?"', line);
  return decimal(value) ?? fail('a number', showValue(value.slice(0, 40)), line);
}
