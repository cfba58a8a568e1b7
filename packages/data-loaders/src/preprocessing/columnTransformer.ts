import { FormatError, showValue, ValueError } from '@chainrule/errors';
import { aFunction, checkOptions, listOf, refuse } from '@chainrule/errors/check';
import { concat, isTensor, Tensor } from '@chainrule/tensor';
import { isListOf, strings } from '../checks.ts';
import type { Table } from '../tables/table.ts';
import type { Preprocessor } from './preprocessor.ts';
import { stepFrom, type StepState } from './stepFrom.ts';

/** A step of a {@link ColumnPart}: a function that fits a preprocessor to values, such as {@link standardScaler}. */
export type Fit = (values: never) => Preprocessor;

/** Columns of a table with the same steps. Without steps, numbers stay unchanged. */
export type ColumnPart =
  | { readonly numbers: readonly string[]; readonly steps?: readonly Fit[] }
  | { readonly texts: readonly string[]; readonly steps: readonly Fit[] };

interface FittedPart {
  readonly kind: 'numbers' | 'texts';
  readonly columns: readonly string[];
  readonly steps: readonly Preprocessor[];
}

/** The JSON value of a {@link ColumnTransformer}. */
export interface ColumnTransformerState {
  readonly type: 'ColumnTransformer';
  readonly parts: readonly {
    readonly kind: 'numbers' | 'texts';
    readonly columns: readonly string[];
    readonly steps: readonly StepState[];
  }[];
}

/**
 * Converts the columns of a table to one tensor with fitted preprocessors. {@link columnTransformer} fits it.
 *
 * @example
 * const rows = readCsv('age,sex\n20,f\n40,m');
 * const fitted = columnTransformer(rows, [{ numbers: ['age'], steps: [standardScaler] }, { texts: ['sex'], steps: [oneHotEncoder] }]);
 * const again = new ColumnTransformer(JSON.parse(JSON.stringify(fitted)));
 * again.transform(rows).toArray(); // => [[-1,1,0],[1,0,1]]
 */
export class ColumnTransformer implements Preprocessor<Table, Tensor> {
  readonly #parts: readonly FittedPart[];

  /**
   * @param state - the result of {@link toJSON}
   * @throws FormatError if the state is invalid
   */
  constructor(state: ColumnTransformerState) {
    const { parts } = state ?? {};
    if (!isListOf(parts, isPart))
      throw new FormatError(
        `ColumnTransformer: expected \`parts\` with kind, columns and steps, got ${showValue(parts)}`,
      );
    this.#parts = parts.map(({ kind, columns, steps }) => ({
      kind,
      columns,
      steps: steps.map((step) => stepFrom(step)),
    }));
  }

  /** The columns that a table must have. */
  get columns(): readonly string[] {
    return [...new Set(this.#parts.flatMap(({ columns }) => columns))];
  }

  /** The names of the features of the result. */
  get names(): readonly string[] {
    return this.#parts.flatMap(({ columns, steps }) =>
      steps.reduce<readonly string[]>((names, step) => step.featureNames?.(names) ?? names, columns),
    );
  }

  /**
   * Converts the rows of a table to features.
   *
   * @param table - a table with the fitted columns; other columns are ignored
   * @returns `[rows, features]`, float32
   * @throws FormatError if a column is missing, or a text is not a number
   * @example
   * const fitted = columnTransformer(readCsv('a,b\n1,x\n3,y'), [{ numbers: ['a'] }]);
   * fitted.transform(readCsv('c,a\nz,5')).toArray(); // => [[5]]
   */
  transform(table: Table): Tensor<[number, number], 'float32'> {
    aTable('transform', table);
    const features = this.#parts.map(({ kind, columns, steps }) =>
      featuresOf(
        steps.reduce<unknown>((values, step) => step.transform(values as never), valuesOf(table, kind, columns)),
        columns,
      ),
    );
    return concat(features, { axis: 1 });
  }

  /** A JSON value, for the constructor. */
  toJSON(): ColumnTransformerState {
    const parts = this.#parts.map(({ kind, columns, steps }) => ({
      kind,
      columns,
      steps: steps.map((step) => step.toJSON() as StepState),
    }));
    return { type: 'ColumnTransformer', parts };
  }
}

function isPart(part: unknown): boolean {
  const { kind, columns, steps } = (part ?? {}) as Record<string, unknown>;
  const isName = (column: unknown): boolean => typeof column === 'string';
  return (kind === 'numbers' || kind === 'texts') && isListOf(columns, isName) && Array.isArray(steps);
}

/** The numbers of several columns, with NaN for missing ones; or the texts of one column, with '' for missing ones. */
function valuesOf(table: Table, kind: FittedPart['kind'], columns: readonly string[]): unknown {
  return kind === 'numbers'
    ? table.tensor(columns, { missing: NaN, dtype: 'float64' })
    : table.text(columns[0]!, { missing: '' });
}

function featuresOf(values: unknown, columns: readonly string[]): Tensor {
  if (!isTensor(values))
    throw new ValueError(`columnTransformer: \`steps\` must end in an encoder, got texts for ${showValue(columns)}`);
  const width = values.rank === 1 ? 1 : values.shape.at(-1)!;
  return new Tensor([values.size / width, width], 'float32', Float32Array.from(values['~values']));
}

function aTable(op: string, table: unknown): void {
  const { columns, text, tensor } = (table ?? {}) as Partial<Table>;
  if (!Array.isArray(columns) || typeof text !== 'function' || typeof tensor !== 'function')
    refuse(op, 'table', 'a table', table, 'call `readCsv`, which makes one');
}

/**
 * Fits preprocessors to the columns of a table. Each part names columns and the steps to apply to them. The numbers of a part
 * form one matrix; texts are processed column by column. Missing numbers are NaN, and missing texts ''.
 *
 * @param table - the training rows, such as those of {@link readCsv}
 * @param parts - `{ numbers, steps }` or `{ texts, steps }`; a step is a function such as {@link imputer}, {@link standardScaler}
 *   or {@link oneHotEncoder}, or a function that calls it with options
 * @throws FormatError if a column does not exist; ValueError if the steps of texts do not end in an encoder; and the errors of
 *   the steps
 * @example
 * const table = readCsv('age,sex\n20,f\n,m\n40,f');
 * const features = columnTransformer(table, [
 *   { numbers: ['age'], steps: [(x) => imputer(x, { strategy: 'median' }), standardScaler] },
 *   { texts: ['sex'], steps: [(values) => oneHotEncoder(values, { unknown: 'ignore' })] },
 * ]);
 * features.names; // => ['age','sex=f','sex=m']
 * features.transform(readCsv('age,sex\n30,x')).toArray(); // => [[0,0,0]]
 */
export function columnTransformer(table: Table, parts: readonly ColumnPart[]): ColumnTransformer {
  const name = 'columnTransformer';
  aTable(name, table);
  listOf('a list of parts', checkPart)(name, 'parts', parts);
  if (!parts.length) refuse(name, 'parts', 'a list of at least one part', parts);
  const fitted = parts.flatMap((part) => {
    const { steps = [] } = part;
    if ('numbers' in part) return [fitPart(table, 'numbers', part.numbers, steps)];
    return part.texts.map((column) => fitPart(table, 'texts', [column], steps));
  });
  return new ColumnTransformer({ type: 'ColumnTransformer', parts: fitted });
}

function checkPart(op: string, name: string, part: unknown): void {
  const { numbers, texts } = (part ?? {}) as Record<string, unknown>;
  checkOptions(op, part as object, {
    ...(numbers === undefined ? { texts: strings } : { numbers: strings }),
    steps: listOf('a list of functions', aFunction),
  });
  const columns = numbers ?? texts;
  if (!Array.isArray(columns) || !columns.length)
    refuse(op, name, '`{ numbers }` or `{ texts }` with names of columns', part);
}

function fitPart(
  table: Table,
  kind: FittedPart['kind'],
  columns: readonly string[],
  fits: readonly Fit[],
): ColumnTransformerState['parts'][number] {
  let values = valuesOf(table, kind, columns);
  const steps = fits.map((fit) => {
    const step = fit(values as never);
    if (typeof (step as Partial<Preprocessor> | undefined)?.transform !== 'function')
      refuse('columnTransformer', 'steps', 'functions that fit a preprocessor, such as `standardScaler`', step);
    values = step.transform(values as never);
    return step.toJSON() as StepState;
  });
  featuresOf(values, columns);
  return { kind, columns: [...columns], steps };
}
