import type { Box } from './program.ts';

// Between what people write, `w * x + b`, and the order of the forward pass, `w x * b +`.

const functions = ['cos', 'exp', 'log', 'relu', 'sigmoid', 'sin', 'sqrt', 'square', 'tanh'];
/** How strongly operations bind: x + y * z is x + (y * z). */
const strengths: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, neg: 3, '^': 4 };

/** Whether a part of a postfix is the name of an input. */
export const isInput = (name: string): boolean =>
  /^[A-Za-z_]/.test(name) && name !== 'neg' && !functions.includes(name);

/** Reads an expression. Operations wait until no stronger one follows. */
export function postfixOf(text: string): string {
  const done: string[] = [];
  const waiting: string[] = [];
  let values = 0;
  const apply = (): void => {
    const name = waiting.pop()!;
    if (name === '(') throw new Error('A bracket is not closed.');
    const count = name in strengths && name !== 'neg' ? 2 : 1;
    if (values < count) throw new Error(`“${name}” lacks an operand.`);
    values -= count - 1;
    done.push(name);
  };
  let before = '(';
  for (const token of text.match(/\d+\.?\d*|\.\d+|[A-Za-z_]\w*|\S/g) ?? []) {
    const endsValue = /[\w.)]$/.test(before) && !functions.includes(before);
    const name = token === '-' && !endsValue ? 'neg' : token;
    if (endsValue && token === '(' && /^[A-Za-z_]/.test(before))
      throw new Error(`“${before}” is not a function. Functions are ${functions.join(', ')}.`);
    if (name in {}) throw new Error(`“${name}” has another meaning. Choose another name.`);
    if (endsValue && /^[\w.(]/.test(token))
      throw new Error(`Between “${before}” and “${token}” an operation is missing.`);
    if (functions.includes(name) || name === '(' || name === 'neg') waiting.push(name);
    else if (name === ')') {
      while (waiting.length > 0 && waiting.at(-1) !== '(') apply();
      if (waiting.pop() !== '(' || before === '(') throw new Error('A bracket has no counterpart.');
    } else if (name in strengths) {
      while (waiting.length > 0 && waiting.at(-1) !== '(' && (strengths[waiting.at(-1)!] ?? 5) >= strengths[name]!)
        apply();
      waiting.push(name);
    } else if (/^[\w.]/.test(name)) {
      values++;
      done.push(name);
    } else throw new Error(`“${name}” is unknown. Operations are + - * / ^ and ${functions.join(', ')}.`);
    before = token;
  }
  while (waiting.length > 0) apply();
  if (values === 0) throw new Error('Write an expression, such as w * x + b.');
  return done.join(' ');
}

/** Writes an expression, with the brackets that it needs. */
export function infixOf(boxes: readonly Box[]): string {
  const texts: { readonly text: string; readonly strength: number }[] = [];
  for (const { name, inputs } of boxes) {
    const strength = strengths[name] ?? 5;
    const [left, right] = inputs.map((i) => texts[i]!);
    const within = (part: { text: string; strength: number }, least: number): string =>
      part.strength < least ? `(${part.text})` : part.text;
    const text = !left
      ? name
      : right
        ? `${within(left, strength)} ${name} ${within(right, strength + 1)}`
        : name === 'neg'
          ? `-${within(left, strength)}`
          : `${name}(${left.text})`;
    texts.push({ text, strength });
  }
  return texts.at(-1)!.text;
}
