import { ChainruleError, TrainingError } from '@chainrule/errors';
import type { Named } from '@chainrule/layers-core';
import { isFloat, type Tensor, type Variable } from '@chainrule/tensor';
import { type Node, type Tape, withTrace } from '@chainrule/tensor/graph';
import { currentPlace } from '../graph/place.ts';
import type { BadStep, Callbacks, TrainingControl } from './callbacks.ts';

/**
 * The debugging mode for NaN and infinities. When a step is not finite, it repeats the step on the reference, operation by
 * operation, and adds to the error where the first infinity and the first NaN appear: phase, layer, operation, element, and
 * the range of the operation's inputs. Steps that are finite run at full speed.
 *
 * @example
 * const trainer = sequential(input([1]), dense(1, { activation: log })).compile({ optimizer: sgd(), loss: meanSquaredError });
 * const fit = trainer.fit({ x: tensor([[0]]), y: tensor([[0]]) }, { callbacks: [findNonFinite()] });
 * (await fit.catch((error) => error)).message.includes('layer dense: log gives -Infinity'); // => true
 */
export function findNonFinite(): Callbacks {
  return {
    name: 'findNonFinite',
    async onBadStep(step: BadStep, { history, trainer }: TrainingControl) {
      const { epoch, batch, problem } = step;
      const places = await locate(step, trainer.model.variables());
      throw new TrainingError(`fit: ${problem}; repeated on the reference: ${places}`, { history, epoch, batch });
    },
  };
}

/** Describes where the first infinity and the first NaN of a step appear. */
async function locate({ inputs, replay }: BadStep, variables: readonly Named<Variable>[]): Promise<string> {
  const weights = await Promise.all(variables.map(async ({ name, value }) => ({ name, value: await value.read() })));
  const given = [...inputs, ...weights].flatMap(({ name, value }) => {
    const at = isFloat(value.dtype) ? value.data.findIndex((v) => !Number.isFinite(v)) : -1;
    return at < 0 ? [] : [`\`${name}\` holds ${value.data[at]} at ${position(at, value.shape)}`];
  });
  if (given.length > 0) return given.join('; ');
  const watcher = new Watcher();
  try {
    await replay((run) => withTrace(watcher, run));
  } catch (error) {
    // The replay may fail where the backend did not: the places found before still help.
    if (!(error instanceof ChainruleError)) throw error;
  }
  const found = [watcher.infinity, watcher.nan].filter((place) => place !== undefined);
  return found.join('; ') || 'all values are finite there, so the backend rounds or overflows differently';
}

/** Looks at every result as it is computed. Keeps the first infinity before any NaN, and the first NaN. */
class Watcher implements Tape {
  readonly kind = 'tape';
  infinity: string | undefined;
  nan: string | undefined;
  /** The layer that made each value of the forward pass. */
  readonly #makers = new Map<Tensor, string>();

  substitute(_: unknown, value: Tensor): Tensor {
    return value;
  }

  record(node: Node): void {
    const { layer } = currentPlace();
    for (const output of node.outputs) {
      if (layer !== undefined) this.#makers.set(output, layer);
      if (this.nan !== undefined || !isFloat(output.dtype)) continue;
      const { data } = output;
      const nan = data.findIndex(Number.isNaN);
      if (nan >= 0) this.nan = this.#describe(node, output, nan);
      else if (this.infinity === undefined) {
        const at = data.findIndex((v) => Math.abs(v) === Infinity);
        if (at >= 0) this.infinity = this.#describe(node, output, at);
      }
    }
  }

  #describe(node: Node, output: Tensor, at: number): string {
    const { phase, layer } = currentPlace();
    const where = layer === undefined ? phase : `${phase}, layer ${layer}`;
    const inputs = node.inputs.filter((t) => isFloat(t.dtype)).map((t) => this.#rangeOf(t, layer));
    const from = inputs.length > 0 ? ` from ${inputs.join(' and ')}` : '';
    return `${where}: ${operationOf(node)} gives ${output.data[at]} at ${position(at, output.shape)}${from}`;
  }

  /** The range of values, and the layer that made them if it is not the running one. */
  #rangeOf(t: Tensor, running: string | undefined): string {
    const maker = this.#makers.get(t);
    return maker === undefined || maker === running ? rangeOf(t) : `${rangeOf(t)} of layer ${maker}`;
  }
}

/** The operation of a node: the name of an op, the outermost operation of an expression, or the kind of node. */
function operationOf(node: Node): string {
  if (node.kind === 'custom') return node.attrs.name;
  if (node.kind === 'map') return node.attrs.expr.op;
  return node.kind === 'reduce' ? node.attrs.op : node.kind;
}

function rangeOf({ data }: Tensor): string {
  let [min, max] = [Infinity, -Infinity];
  for (const v of data) {
    if (Number.isNaN(v)) return 'values with NaN';
    min = Math.min(min, v);
    max = Math.max(max, v);
  }
  return min === max ? `${short(min)}` : `[${short(min)}, ${short(max)}]`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The indices of an element. */
function position(at: number, shape: readonly number[]): string {
  const indices = shape.map(() => 0);
  let rest = at;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    indices[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return `[${indices.join(', ')}]`;
}
