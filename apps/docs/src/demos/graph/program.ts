import {
  add, cos, div, exp, grad, log, mul, neg, pow, relu, sigmoid, sin, sqrt, square, sub, tanh,
  tensor, type Tensor, Variable,
} from 'chainrule';

export interface Settings {
  seed: number;
  example: string;
  step: string;
  learningRate: number;
}

/** An expression with each operation after its inputs: `w x * b +` is w * x + b. */
export interface Expression {
  postfix: string;
  values: Record<string, number>; // of the inputs; an input without a value starts at 1
  learn: string[];
}

const examples: Record<string, Expression> = {
  neuron: { postfix: 'w x * b + sigmoid 1 - square', values: { w: 0.5, x: 2, b: -1 }, learn: ['w', 'b'] },
  bowl: { postfix: 'x 3 - square 2 y 1 + square * +', values: { x: 0, y: 0 }, learn: ['x', 'y'] },
  'used twice': { postfix: 'x y * x +', values: { x: 3, y: 2 }, learn: [] },
  'four sigmoids': { postfix: 'x sigmoid sigmoid sigmoid sigmoid', values: { x: 0 }, learn: ['x'] },
};

type Op = (...inputs: Tensor[]) => Tensor;
const ofTwo = { '+': add, '-': sub, '*': mul, '/': div, '^': pow } as Record<string, Op>;
const ofOne = { neg, cos, exp, log, relu, sigmoid, sin, sqrt, square, tanh } as Record<string, Op>;

/** A box of the graph: an input, a number, or an operation on boxes before it. */
export interface Box {
  name: string;
  kind: 'input' | 'number' | 'operation';
  inputs: number[];
}

function boxesOf(postfix: string): Box[] {
  const boxes: Box[] = [];
  const ready: number[] = []; // values that no operation has taken yet
  for (const name of postfix.split(' ')) {
    const count = name in ofTwo ? 2 : name in ofOne ? 1 : 0;
    const kind = count ? 'operation' : Number.isNaN(Number(name)) ? 'input' : 'number';
    const known = boxes.findIndex((box) => box.kind === 'input' && box.name === name);
    ready.push(known >= 0 ? known : boxes.push({ name, kind, inputs: ready.splice(ready.length - count) }) - 1);
  }
  return boxes;
}

const scalar = (value: number): Tensor => tensor(value, [], 'float64');

/** The forward pass: the value of each box, from its inputs. */
export function forward(boxes: Box[], given: Record<string, Tensor>): Tensor[] {
  const values: Tensor[] = [];
  for (const { name, inputs } of boxes) {
    const op = ofTwo[name] ?? ofOne[name];
    values.push(op ? op(...inputs.map((i) => values[i]!)) : (given[name] ?? scalar(Number(name))));
  }
  return values;
}

/** The backward pass: the derivative of the result by each box, from the boxes that use it. */
export function backward(boxes: Box[], values: Tensor[]) {
  const slopes = boxes.map(() => 0);
  const own: number[][] = boxes.map(() => []); // the derivatives of an operation by its inputs
  slopes[boxes.length - 1] = 1; // of the result by itself
  for (let i = boxes.length - 1; i >= 0; i--) {
    const { name, inputs } = boxes[i]!;
    const op = ofTwo[name] ?? ofOne[name];
    if (op) own[i] = grad((x: Tensor[]) => op(...x) as Tensor<[]>)(inputs.map((j) => values[j]!)).map((slope) => slope.item());
    inputs.forEach((j, k) => (slopes[j]! += slopes[i]! * own[i]![k]!)); // the chain rule
  }
  return { slopes, own };
}

export function start(settings: Settings, expression: Expression = examples[settings.example]!) {
  const { values: given, learn } = expression;
  const boxes = boxesOf(expression.postfix);
  const names = boxes.filter(({ kind }) => kind === 'input').map(({ name }) => name);
  const state = Object.fromEntries(names.map((name) => [name, new Variable(scalar(given[name] ?? 1), { name })]));

  const passes = () => {
    const values = forward(boxes, Object.fromEntries(names.map((name) => [name, state[name]!.value])));
    return { values: values.map((value) => value.item()), ...backward(boxes, values) };
  };

  // The steps: the value of each box, then the derivative of each, then a move of the inputs against their derivatives.
  const stepsOfRound = settings.step === 'a box' ? 2 * boxes.length + 1 : 1;
  const step = (n: number) => {
    const { values, slopes } = passes();
    if ((n + 1) % stepsOfRound === 0)
      boxes.forEach(({ name }, i) => {
        if (learn.includes(name)) state[name]?.assign(scalar(values[i]! - settings.learningRate * slopes[i]!));
      });
    return { result: values.at(-1)! };
  };
  return { state, step, boxes, learn, passes, stepsOfRound };
}
