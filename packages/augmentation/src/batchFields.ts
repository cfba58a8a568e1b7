import { oneOf, refuse } from '@chainrule/errors/check';
import { isTensor, Tensor } from '@chainrule/tensor';
import type { ImageBatch } from './imageBatch.ts';

/** What an output is to an augmentation. */
export type TargetRole = 'labels' | 'masks' | 'boxes';

/** Where a batch for `fit` holds what an augmentation changes. */
export interface FieldOptions {
  /** The name of the input that holds the images, for models with several inputs. */
  readonly x?: string;
  /**
   * The role of `y`: 'labels' (default), 'masks' or 'boxes'. For models with several outputs, an object of roles by the name of
   * the output; others stay unchanged.
   */
  readonly y?: TargetRole | { readonly [output: string]: TargetRole };
}

/** The keys that lead to a tensor in a batch. */
type Path = readonly string[];

/** The parts of a batch that an augmentation changes, with their places. */
export interface BatchFields {
  readonly fields: ImageBatch;
  /** The batch with other values in these places. */
  with(changed: ImageBatch): unknown;
}

const roles = ['labels', 'masks', 'boxes'] as const;
const aRole = /* @__PURE__ */ oneOf(...roles);

/** Checks the option `y`: a role, or an object of roles. */
export function roleOrRoles(op: string, name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return aRole(op, name, value);
  const given = Object.entries(value);
  for (const [key, role] of given) aRole(op, `${name}.${key}`, role);
  if (new Set(given.map(([, role]) => role as unknown)).size < given.length)
    refuse(op, name, 'an object with each role at most once', value);
}

/** Finds the parts of a batch: a tensor, `{ images, … }`, or `{ x, y }` with trees. */
export function fieldsOf(op: string, item: unknown, options: FieldOptions): BatchFields {
  const places = placesOf(op, item, options);
  const entries = places.map(([field, path]): [string, Tensor] => {
    const value = at(item, path);
    if (!isTensor(value)) refuse(op, `item.${path.join('.')}`, 'a tensor', value);
    return [field, value];
  });
  return {
    fields: Object.fromEntries<Tensor>(entries) as Record<string, Tensor> & ImageBatch,
    with: (changed) => places.reduce((batch, [field, path]) => put(batch, path, changed[field]), item),
  };
}

function placesOf(op: string, item: unknown, options: FieldOptions): (readonly [keyof ImageBatch, Path])[] {
  if (item instanceof Tensor) return [['images', []]];
  const batch = (typeof item === 'object' && item !== null ? item : {}) as { readonly [key: string]: unknown };
  if ('images' in batch)
    return (['images', ...roles] as const).filter((field) => batch[field]).map((field) => [field, [field]]);
  const { x, y } = batch;
  if (typeof x !== 'object' || x === null) refuse(op, 'item', 'a tensor, `{ x, y }` or `{ images, … }`', item);
  return [['images', imagesIn(op, x, options.x)], ...targetsIn(op, y, options.y)];
}

function imagesIn(op: string, x: object, name: string | undefined): Path {
  const isOne = x instanceof Tensor;
  if (isOne && name !== undefined) refuse(op, 'x', 'left out for batches with one input', name);
  if (isOne) return ['x'];
  const names = Object.keys(x).join(', ');
  if (name === undefined || !Object.hasOwn(x, name)) refuse(op, 'x', `the input that holds images, of ${names}`, name);
  return ['x', name];
}

function targetsIn(op: string, y: unknown, given: FieldOptions['y']): (readonly [TargetRole, Path])[] {
  if (y === undefined) return [];
  const isOne = y instanceof Tensor;
  if (isOne && typeof given === 'object') refuse(op, 'y', 'one role for batches with one output', given);
  if (isOne) return [[(given as TargetRole | undefined) ?? 'labels', ['y']]];
  if (typeof given !== 'object')
    refuse(op, 'y', 'an object of roles for several outputs', given, 'write `{}` for outputs that stay unchanged');
  return Object.entries(given).map(([name, role]) => [role, ['y', name]]);
}

function at(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined),
    tree,
  );
}

/** A copy of a tree with another value in one place. */
function put(tree: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(tree) ? [...(tree as unknown[])] : { ...(tree as object) }) as Record<string, unknown>;
  copy[key] = put(copy[key], rest, value);
  return copy;
}
