import { FormatError } from '@chainrule/errors';
import type { Preprocessing } from '../graph/preprocessing.ts';
import { atPlace } from './architecture.ts';
import type { LoadOptions } from './loadOptions.ts';
import { isObject, parseJson } from './savedChecks.ts';

/** The metadata of a file that hold the preprocessing of a model; none if it has none. */
export function describePreprocessing(preprocessing: Preprocessing): { readonly preprocessing?: string } {
  return Object.keys(preprocessing).length > 0 ? { preprocessing: JSON.stringify(preprocessing) } : {};
}

/**
 * Makes the preprocessing of a model again.
 *
 * @throws FormatError for names that `known` lacks, or that the file lacks
 */
export function revivePreprocessing(text: string | undefined, name: string, known: LoadOptions): Preprocessing {
  const saved = text === undefined ? {} : parseJson(text);
  if (!isObject(saved) || Array.isArray(saved))
    throw new FormatError(`load: ${name}: the preprocessing in its metadata must be a JSON object`);
  const makers = known.preprocessing ?? {};
  const missing = Object.keys(makers).find((key) => !Object.hasOwn(saved, key));
  if (missing !== undefined)
    throw new FormatError(`load: ${name}: has no preprocessing ${missing}; leave it out of \`preprocessing\``);
  return Object.fromEntries(
    Object.entries(saved).map(([key, json]) => {
      const make = Object.hasOwn(makers, key) ? makers[key] : undefined;
      if (!make)
        throw new FormatError(
          `load: the model has the preprocessing ${key}; pass what makes it from its JSON, such as \`preprocessing: { ${key}: (json) => new ${classOf(json)}(json) }\``,
        );
      return [key, atPlace(`\`preprocessing.${key}\``, () => make(json as never))];
    }),
  );
}

/** The class in the JSON of a preprocessor. */
function classOf(json: unknown): string {
  const { type } = (json ?? {}) as { readonly type?: unknown };
  return typeof type === 'string' && /^\w{1,40}$/.test(type) ? type : 'Scaler';
}
