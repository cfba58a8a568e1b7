import { type Check, checkThat, refuse } from '@chainrule/errors/check';
import { isTensor, type Tensor, type TypedArray } from '@chainrule/tensor';

/** Numbers in a row: a list or a tensor with one axis. */
export type Numbers = readonly number[] | TypedArray | Tensor;

/** A table of numbers: rows or a tensor with two axes. */
export type NumberTable = readonly (readonly number[])[] | Tensor;

export function numbersOf(op: string, name: string, value: Numbers): number[] {
  if (isTensor(value)) {
    if (value.rank === 1) return [...value.data];
  } else if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const all = [...(value as readonly number[])];
    if (isAllNumbers(all)) return all;
  }
  return refuse(op, name, 'numbers or a tensor with one axis', value);
}

function isAllNumbers(values: readonly unknown[]): boolean {
  return values.every((one) => typeof one === 'number');
}

export function tableOf(op: string, name: string, value: NumberTable): number[][] {
  if (isTensor(value)) {
    const [rows, columns] = value.shape;
    const data = value.data;
    if (value.rank === 2)
      return Array.from({ length: rows }, (_, i) => [...data.slice(i * columns, (i + 1) * columns)]);
  } else if (
    Array.isArray(value) &&
    value.every((row: unknown) => Array.isArray(row) && isAllNumbers(row)) &&
    new Set(value.map((row: readonly number[]) => row.length)).size <= 1
  )
    return value.map((row: readonly number[]) => [...row]);
  return refuse(op, name, 'rows of numbers, all as long, or a tensor with two axes', value);
}

/** Numbers in a row, or a tensor with one column. */
export function columnOf(op: string, name: string, value: Numbers): number[] {
  return isTensor(value) && value.rank === 2 && value.shape[1] === 1 ? [...value.data] : numbersOf(op, name, value);
}

/** Class numbers: integers from 0, of a tensor or a list. */
export function classesOf(op: string, name: string, value: Numbers): number[] {
  const all = columnOf(op, name, value);
  const bad = all.find((one) => !Number.isInteger(one) || one < 0);
  return bad === undefined ? all : refuse(op, name, 'class numbers from 0', bad);
}

/** Class numbers, or scores `[n, classes]` whose largest is the class. */
export function predictedClasses(op: string, name: string, value: Numbers): number[] {
  if (!isTensor(value) || value.rank !== 2 || value.shape[1] < 2) return classesOf(op, name, value);
  return tableOf(op, name, value).map((row) => row.reduce((best, score, i) => (score > row[best]! ? i : best), 0));
}

export const names: Check = checkThat(
  'a list of strings',
  (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
);

/** The name of a class, or its number. */
export function className(classes: readonly string[] | undefined, number: number): string {
  return classes?.[number] ?? String(number);
}

export function checkSameLength(
  op: string,
  name: string,
  value: { readonly length: number },
  expected: number,
  of: string,
): void {
  if (value.length !== expected) refuse(op, name, `as many as ${of}, ${expected}`, value.length);
}

/** 0 and 1, of a tensor or a list. */
export function binaryLabels(op: string, name: string, value: Numbers): number[] {
  const all = classesOf(op, name, value);
  const bad = all.find((one) => one > 1);
  return bad === undefined ? all : refuse(op, name, '0 and 1', bad);
}

/** A figure has no room for more. */
const mostClasses = 200;

/** Checks the number of classes of a list, which also is that of their names at most. */
export function checkClassCount(op: string, name: string, classes: number, most?: number): void {
  if (classes > mostClasses)
    refuse(
      op,
      name,
      `of at most ${mostClasses} classes`,
      classes,
      'select classes or group them; the metric `confusionMatrix` counts more',
    );
  if (most !== undefined && classes > most) refuse(op, name, `of at most ${most} classes, as there are names`, classes);
}

/** Values with the name of their group, and what errors call them. */
export interface NamedValues {
  readonly name: string;
  readonly at: string;
  readonly values: readonly number[];
}

/** One list without a name, or several by name, read by a function such as `numbersOf`. */
export function named(
  op: string,
  name: string,
  value: Numbers | Readonly<Record<string, Numbers>>,
  read: (op: string, name: string, value: Numbers) => readonly number[],
): NamedValues[] {
  if (typeof value !== 'object' || value === null) refuse(op, name, 'numbers or a tensor', value);
  const isOne = isTensor(value) || Array.isArray(value) || ArrayBuffer.isView(value);
  if (isOne) return [{ name: '', at: name, values: read(op, name, value as Numbers) }];
  return Object.entries(value as Readonly<Record<string, Numbers>>).map(([key, given]) => {
    const at = `${name}.${key}`;
    return { name: key, at, values: read(op, at, given) };
  });
}
