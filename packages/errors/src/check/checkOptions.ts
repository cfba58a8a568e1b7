import { OptionError } from '../errors.ts';
import { type Checks, refuse } from './check.ts';

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
  const given = (options === undefined ? {} : options) as Readonly<Record<string, unknown>>;
  if (!isRecord(given)) refuse(op, 'options', `an object such as ${formOf(known)}`, given);
  for (const name in given) {
    if (!Object.hasOwn(known, name))
      throw new OptionError(
        `${op}: unknown option \`${name}\`;${suggestion(name, Object.keys(known))} Known: ${formOf(known)}`,
      );
    if (given[name] !== undefined) known[name]!(op, name, given[name]);
  }
  for (const name of required) if (given[name] === undefined) known[name]!(op, name, undefined);
}

function formOf(known: object): string {
  return `{ ${Object.keys(known).join(', ')} }`;
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
};

/** A known option with the same first letter that differs in at most one letter. */
function suggestion(given: string, names: readonly string[]): string {
  const plain = (name: string): string => name.replace(/_/g, '').toLowerCase();
  const word = plain(given);
  const extra = (a: string, b: string): number => [...a].filter((letter) => !b.includes(letter)).length;
  const meant =
    names.find((name) => name === aliases[word]) ??
    names.find((name) => name[0] === word[0] && extra(plain(name), word) + extra(word, plain(name)) < 2);
  return meant ? ` did you mean \`${meant}\`?` : '';
}
