import { compile, full, mean, type Tensor, tensor, valueAndGrad } from 'chainrule';
import type { GraphFigure } from '@chainrule/visualize';
import { infixOf } from './infix.ts';
import { type Box, forward, type start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

/** The graph as far as the steps have come. */
export interface Shown {
  readonly expression: string;
  readonly figure: GraphFigure;
  /** What the last step did. */
  readonly told: string;
  readonly inputs: readonly { readonly name: string; readonly value: number; readonly learns: boolean }[];
}

/** What the compiler made of the expression and its derivatives, for inputs of `size` elements. */
export interface Plan {
  readonly text: string;
  readonly kernels: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly micros: number;
    readonly share: number;
  }[];
}

const symbols: Readonly<Record<string, string>> = { '*': '×', '/': '÷', '-': '−', neg: '−' };
const show = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');
const nameOf = ({ name }: Box): string => symbols[name] ?? name;

/** How many values and derivatives the first `n` steps of a round have shown. */
function placeOf({ boxes, stepsOfRound }: Run, n: number): { readonly values: number; readonly slopes: number } {
  const count = boxes.length;
  if (stepsOfRound === 1) return { values: count, slopes: count };
  const place = n % stepsOfRound;
  return { values: Math.min(place, count), slopes: Math.max(0, place - count) };
}

/** The forward step of a box, with its numbers. */
function toldForward({ name, kind, inputs }: Box, values: readonly number[], i: number): string {
  if (kind === 'input') return `Forward: the input ${name} is ${show(values[i]!)}.`;
  if (kind === 'number') return `Forward: ${name} is a number.`;
  const given = inputs.map((j) => show(values[j]!));
  const sign = symbols[name] ?? name;
  const formula = given.length === 2 ? given.join(` ${sign} `) : `${name === 'neg' ? sign : name}(${given[0]})`;
  return `Forward: ${formula} = ${show(values[i]!)}.`;
}

/** The backward step of a box: what arrives from the boxes that use it. */
function toldBackward(boxes: readonly Box[], { slopes, own }: ReturnType<Run['passes']>, i: number): string {
  if (i === boxes.length - 1) return 'Backward: it starts at the result, whose derivative by itself is 1.';
  if (boxes[i]!.kind === 'number') return `Backward: ${boxes[i]!.name} cannot change, so it needs no derivative.`;
  const parts = boxes.flatMap(({ inputs }, user) =>
    inputs.flatMap((j, k) => (j === i ? [`${show(slopes[user]!)} × ${show(own[user]![k]!)}`] : [])),
  );
  const from = boxes.filter(({ inputs }) => inputs.includes(i)).map(nameOf);
  const sum = `${parts.join(' + ')} = ${show(slopes[i]!)}`;
  return `Backward: the derivative by ${nameOf(boxes[i]!)} is ${sum}: what arrived at ${from.join(' and at ')}, times its own derivative.`;
}

function told(run: Run, n: number): string {
  const { boxes, learn, stepsOfRound } = run;
  const passes = run.passes();
  const { values, slopes } = placeOf(run, n);
  if (stepsOfRound === 1) return 'Each step is a forward pass, a backward pass, and a move of the inputs that learn.';
  if (slopes > 0) return toldBackward(boxes, passes, boxes.length - slopes);
  if (values > 0) return toldForward(boxes[values - 1]!, passes.values, values - 1);
  if (n === 0) return 'Press Step to see one number after the other, or Start to see them pass by.';
  return learn.length
    ? `${learn.join(' and ')} moved against the derivative. The next round begins.`
    : 'No input learns, so the next round has the same numbers.';
}

export const questions = {
  graph(run: Run, n: number): Shown {
    const { boxes, learn } = run;
    const { values, slopes } = run.passes();
    const place = placeOf(run, n);
    const now = place.slopes > 0 ? boxes.length - place.slopes : place.values - 1;
    const nodes = boxes.map((box, i) => ({
      title: nameOf(box),
      lines: [
        `value ${i < place.values ? show(values[i]!) : '…'}`,
        ...(box.kind === 'number' ? [] : [`derivative ${i >= boxes.length - place.slopes ? show(slopes[i]!) : '…'}`]),
      ],
      group: i === now && run.stepsOfRound > 1 ? 'now' : box.kind,
    }));
    const edges = boxes.flatMap(({ inputs }, to) => inputs.map((from) => ({ from, to })));
    const expression = infixOf(boxes);
    const description = nodes.map(({ title, lines }) => `${title}: ${lines.join(', ')}`).join('; ');
    const groups = ['input', 'operation', 'number', 'now'];
    return {
      expression,
      told: told(run, n),
      figure: { kind: 'graph', title: expression, description, nodes, edges, groups, direction: 'right' },
      inputs: boxes.flatMap(({ name, kind }, i) =>
        kind === 'input' ? [{ name, value: values[i]!, learns: learn.includes(name) }] : [],
      ),
    };
  },

  compiled({ boxes }: Run, size: number, fuse: boolean): Plan {
    const named = (kind: Box['kind'], value: (name: string) => Tensor) =>
      Object.fromEntries(boxes.filter((box) => box.kind === kind).map(({ name }) => [name, value(name)]));
    const numbers = named('number', (name) => tensor(Number(name)));
    const inputs = named('input', () => (size === 1 ? tensor(0.5) : full([size], 0.5)));
    const result = (given: typeof inputs): Tensor<[]> => mean(forward(boxes, { ...numbers, ...given }).at(-1)!);
    const step = compile(valueAndGrad(result), { fuse });
    step(inputs);
    const [program] = step.programs();
    const kernels = program!.executable.profile(20);
    const text = program!.explain();
    step.dispose();
    return { text, kernels };
  },
};
