import { ShapeError, showShape } from '@chainrule/errors';
import { aString, checkOptions, refuse } from '@chainrule/errors/check';
import type { Model } from '@chainrule/model';
import { isTensor, reshape, type Tensor } from '@chainrule/tensor';
import { type CellFigure, figureOf, type PanelFigure } from '../figure.ts';
import { tableOf } from './values.ts';

/** A recurrent layer that tells what each step computes, such as `lstm` and `gru` of `layers-recurrent`. */
export interface GatedLayer {
  /** Values by name, `[batch, time, units]`, for `x` `[batch, time, features]`. */
  readonly gates: (x: Tensor) => Readonly<Record<string, Tensor>>;
}

/** Options of {@link plotGates}. */
export interface GatesOptions {
  readonly title?: string;
}

/**
 * What a recurrent layer computes over time: a panel for each gate and each state, with units down and steps across. An LSTM has
 * the gates input, forget and output, the candidate, and the states h and c (Hochreiter, Schmidhuber 1997); a GRU has update, reset,
 * the candidate and h (Cho et al. 2014). Their formulas are at `lstmCell` and `gruCell`.
 *
 * @param layer - built
 * @param x - one sequence, the input of the layer: `[time, features]` or `[1, time, features]`
 * @throws OptionError for other layers or shapes, and for 0 steps; ShapeError for a number of features that does not match
 * @example
 * const model = sequential(input([5, 2]), gru(3)).build({ seed: 1 });
 * plotGates(model.layer('gru'), ones([5, 2])).panels.map(({ title }) => title); // => ['update','reset','candidate','h']
 */
export function plotGates(
  layer: GatedLayer | ReturnType<Model['layer']>,
  x: Tensor,
  options: GatesOptions = {},
): PanelFigure<CellFigure> {
  const op = 'plotGates';
  checkOptions(op, options, { title: aString });
  if (!isGated(layer)) return refuse(op, 'layer', 'a recurrent layer such as `lstm(8)`', layer);
  const values = gatesOf(op, layer, oneSequence(op, x));
  const panels = Object.entries(values).map(([name, value]): CellFigure => {
    const [, time, units] = value.shape as readonly number[] as [number, number, number];
    const steps = tableOf(op, 'x', reshape(value, [time, units]));
    return figureOf({
      kind: 'cells',
      title: name,
      x: 'step',
      y: 'unit',
      columns: steps.map((_, t) => String(t)),
      rows: Array.from({ length: units }, (_, unit) => String(unit)),
      values: Array.from({ length: units }, (_, unit) => steps.map((row) => row[unit]!)),
      scale: 'value',
    });
  });
  return figureOf({ kind: 'panels', title: options.title ?? 'gates and states over time', panels });
}

function isGated(layer: unknown): layer is GatedLayer {
  return typeof (layer as Partial<GatedLayer> | undefined)?.gates === 'function';
}

/** The gates, with `x` named where its shape does not match the layer. */
function gatesOf(op: string, layer: GatedLayer, x: Tensor): ReturnType<GatedLayer['gates']> {
  try {
    return layer.gates(x);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const message = `${op}: \`x\` must match the layer, got shape ${showShape(x.shape)}; ${error.message}`;
    throw new ShapeError(message, { cause: error });
  }
}

/** The sequence as a batch of one. */
function oneSequence(op: string, x: Tensor): Tensor {
  if (!isTensor(x)) return refuse(op, 'x', 'one sequence [time, features]', x);
  const shape = x.rank === 2 ? [1, ...x.shape] : x.shape;
  if (shape.length !== 3 || shape[0] !== 1) return refuse(op, 'x', 'one sequence [time, features]', x.shape);
  if (shape[1] === 0) refuse(op, 'x', 'a sequence of at least 1 step', x.shape);
  return reshape(x, shape);
}
