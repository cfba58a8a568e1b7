import type { Layer, Value } from '@chainrule/layers-core';
import { cast, type FloatDType, Generator, type Shape, type Tensor } from '@chainrule/tensor';
import { seededSampler } from '../sampler.ts';
import { type LayerRow, layerRows } from './layerRows.ts';
import { type Cell, sizes, type Subject, widths } from './sweep.ts';

interface Point {
  readonly shapes: readonly Shape[];
  readonly width: number;
  /** Chooses options and values. */
  readonly turn: number;
  readonly gradients: boolean;
}

/** One layer on inputs of given shapes. */
function layerCell(name: string, { shapes, width, turn, gradients }: Point): Cell {
  const row = layerRows.get(name)!;
  const sampler = seededSampler(turn);
  const inputs = shapes.map((shape) =>
    row.tokens ? sampler.integers(shape, 0, row.tokens) : cast(sampler.uniform(shape), 'float32'),
  );
  const masks = row.masked ? [sampler.mask(shapes[0]!.slice(0, 2))] : [];
  return {
    name: `${name}, width ${width}, options ${turn}, inputs ${shapes.map((shape) => `[${shape.join()}]`).join(' and ')}`,
    args: [...inputs, ...masks],
    gradients,
    ...(row.random && { random: true }),
    open: (dtype) => openLayer(row.make(width, turn), row, shapes, dtype),
  };
}

/** Builds a layer with weights that have the same values in every dtype. */
function openLayer(
  layer: Layer,
  { random = false, masked }: LayerRow,
  shapes: readonly Shape[],
  dtype: FloatDType,
): Subject {
  const sampler = seededSampler(1, { range: [-0.6, 0.9] });
  const values = (_: string, shape: Shape): Tensor => cast(cast(sampler.uniform(shape), 'float32'), dtype);
  layer.build(shapes, { rng: new Generator(1), dtype, values });
  const training = random || layer.type === 'batchNormalization';
  const context = { training, rng: new Generator(5) };
  return {
    call: (...args) => {
      const mask = masked ? args.at(-1)! : undefined;
      const inputs = args.slice(0, shapes.length).map((data): Value => ({ data, ...(mask && { mask }) }));
      return layer.call(inputs, context).map(({ data }) => data);
    },
    variables: layer.variables().map(({ value }) => value),
  };
}

/** The shapes of a batch. */
function batch(name: string, size: number, channels: number): Shape[] {
  return layerRows
    .get(name)!
    .samples(channels)
    .map((sample) => [size, ...sample]);
}

/** All numbers of channels in batches of one size, each with another width. */
export function layerCells(name: string, size: number): Cell[] {
  return widths.map((channels) => {
    const turn = sizes.indexOf(size) + channels;
    const width = 1 + (turn % widths.length);
    return layerCell(name, { shapes: batch(name, size, channels), width, turn, gradients: true });
  });
}

/** One channel, one unit, and neither, with other sizes that change from layer to layer. */
export function fewLayerCells(name: string, index: number): Cell[] {
  const moving = (step: number): number => 2 + ((index + step) % (widths.length - 1));
  const points = [
    [1, moving(0)],
    [moving(3), 1],
    [moving(5), moving(6)],
  ] as const;
  return points.map(([channels, width], i) => {
    const turn = index + i;
    const size = sizes[(turn * 6) % sizes.length]!;
    return layerCell(name, { shapes: batch(name, size, channels), width, turn, gradients: turn % 2 === 0 });
  });
}

/** Inputs in which one axis has size 0: time, space or channels. */
export function emptyLayerCells(name: string): Cell[] {
  const shapes = batch(name, 2, 3);
  return shapes.flatMap((shape, input) =>
    shape.slice(1).map((_, axis) => {
      const empty = shapes.with(input, shape.with(axis + 1, 0));
      return layerCell(name, { shapes: empty, width: 3, turn: 2, gradients: true });
    }),
  );
}
