import { OptionError } from '../errors.ts';
import { showValue } from '../show.ts';
import { type Check, type Checks, refuse } from './check.ts';

/**
 * Checks that options are an object, that `checks` has an entry for each of them, and that each passes its check.
 *
 * @param checks - a check for each option
 * @param required - the options that must not be missing
 * @throws OptionError if an option is unknown or invalid; the message suggests a similar option
 * @example
 * try { checkOptions('fit', { batch_size: 32 }, { batchSize: aCount }); } catch (e) { console.log(e.message); } // => fit: unknown option `batch_size`; did you mean `batchSize`? Known: { batchSize }
 */
export function checkOptions<Options extends object>(
  op: string,
  options: Options | undefined,
  checks: Checks<Options>,
  ...required: readonly (keyof Options & string)[]
): void {
  const known = checks as Checks<Record<string, unknown>>;
  const names = [...new Set([...required, ...Object.keys(known)])];
  const given = (options === undefined ? {} : options) as Readonly<Record<string, unknown>>;
  if (!isRecord(given))
    refuse(op, 'options', `an object such as ${formOf(names, 6)}`, given, wrapped(op, given, names, required, known));
  for (const name in given) {
    if (!Object.hasOwn(known, name)) {
      const meant = suggestion(name, names);
      const hasKnown = Object.keys(given).some((other) => other !== name && Object.hasOwn(known, other));
      if (!meant && !hasKnown && Object.keys(given).length > 1)
        refuse(op, 'options', `an object such as ${formOf(names, 6)}`, given);
      throw new OptionError(
        `${op}: unknown option \`${name}\`;${meant} Known: ${formOf(names, meant ? 11 : Infinity)}`,
      );
    }
    if (given[name] !== undefined) known[name]!(op, name, given[name]);
  }
  for (const name of required) if (given[name] === undefined) known[name]!(op, name, undefined);
}

/** The options by name, at most `count` of them. */
function formOf(names: readonly string[], count = Infinity): string {
  return `{ ${[...names.slice(0, count), ...(names.length > count ? ['…'] : [])].join(', ')} }`;
}

/** `{ learningRate: 0.1 }` for 0.1, if the first option takes that value. */
function wrapped(
  op: string,
  value: unknown,
  [first]: readonly string[],
  [, ...others]: readonly string[],
  known: Readonly<Record<string, Check>>,
): string | undefined {
  if (first === undefined || (typeof value !== 'number' && typeof value !== 'function')) return undefined;
  try {
    known[first]!(op, first, value);
  } catch {
    return undefined;
  }
  const shown = typeof value === 'function' ? value.name : showValue(value);
  return `write \`{ ${[`${first}: ${shown}`, ...others.map((name) => `${name}: …`)].join(', ')} }\``;
}

/** Whether a value can hold options. Lists, functions, promises and maps cannot. */
function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('then' in value) && !(Symbol.iterator in value);
}

/** Maps options of other libraries, in lowercase and without underscores, to ours. */
const aliases: Readonly<Record<string, string>> = {
  lr: 'learningRate',
  axes: 'axis',
  dim: 'axis',
  bias: 'useBias',
  outchannels: 'filters',
  kernel: 'kernelSize',
  betas: 'beta1',
  heads: 'numHeads',
};

const fromInput = 'layers take their input from the layer before; begin with `sequential(input(shape), …)`.';
const ofOptimizer = 'the optimizer has it: `sgd({ learningRate: 0.1 })`.';

/** What to do instead of options of other libraries that functions of ours don't have. */
const remedies: Readonly<Record<string, string>> = {
  inputshape: fromInput,
  inputdim: fromInput,
  inchannels: fromInput,
  infeatures: fromInput,
  lr: ofOptimizer,
  learningrate: ofOptimizer,
  verbose: 'a progress bar is a callback: `callbacks: [progressBar()]`.',
  weightdecay: 'use `adamW`, or a regularizer such as `l2()`.',
};

/** A known option with the same first letter that differs in at most one letter, or another remedy. */
function suggestion(given: string, names: readonly string[]): string {
  const plain = (name: string): string => name.replace(/_/g, '').toLowerCase();
  const word = plain(given);
  const extra = (a: string, b: string): number => [...a].filter((letter) => !b.includes(letter)).length;
  const meant =
    names.find((name) => name === aliases[word]) ??
    names.find((name) => name[0] === word[0] && extra(plain(name), word) + extra(word, plain(name)) < 2);
  if (meant) return ` did you mean \`${meant}\`?`;
  return Object.hasOwn(remedies, word) ? ` ${remedies[word]}` : '';
}
