import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { isBranch } from '@chainrule/tensor/graph';
import { type Activation, activationName, activationWith } from './activation.ts';
import type { Constraint } from './constraints.ts';
import type { Initializer } from './initializers.ts';
import type { Json } from './layer.ts';
import type { Regularizer } from './regularizers.ts';
import type { Saved } from './saved.ts';

/** Values by name: each is the value, or the function that makes it from the saved arguments. */
export type KnownTable<T extends Saved> = Readonly<Record<string, T | ((...args: never[]) => T)>>;

/** A value that its factory can recreate from the same arguments: a layer or a recurrent cell. */
export interface Configured {
  /** The name of the factory. */
  readonly type: string;
  config(): readonly unknown[];
}

/** Functions that configurations refer to by name. */
export interface KnownFunctions {
  /** Factories of layers that are arguments of other layers. */
  readonly layers?: Readonly<Record<string, (...args: never[]) => Configured>>;
  readonly activations?: Readonly<Record<string, Activation>>;
  readonly initializers?: KnownTable<Initializer>;
  readonly regularizers?: KnownTable<Regularizer>;
  readonly constraints?: KnownTable<Constraint>;
}

/** Kinds of values that are saved by name and arguments, each recognized by a method. */
const kinds = [
  { method: 'make', tag: '$initializer', table: 'initializers', what: 'initializer' },
  { method: 'penalty', tag: '$regularizer', table: 'regularizers', what: 'regularizer' },
  { method: 'apply', tag: '$constraint', table: 'constraints', what: 'constraint' },
] as const;

/**
 * Converts the arguments of a layer's factory to JSON. Activations, initializers, regularizers and constraints are stored by
 * name and, if a function made them, its arguments; layers and cells by their factory and its arguments.
 *
 * @param layer - the layer's name, for errors
 * @throws OptionError for a function that cannot be found by name, such as a lambda
 * @example
 * describeArguments('dense', [10, { activation: relu }]); // => [10,{"activation":{"$activation":"relu"}}]
 * describeArguments('dense', [10, { kernelRegularizer: l2(0.1) }]); // => [10,{"kernelRegularizer":{"$regularizer":"l2","args":[0.1]}}]
 */
export function describeArguments(layer: string, args: readonly unknown[]): Json {
  const describe = (value: unknown): Json => {
    if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
      return value;
    if (hasMethod(value, 'config')) {
      const made = value as Configured;
      return { $layer: made.type, args: made.config().map(describe) };
    }
    const tagged = (tag: string, name: string): Json => {
      const { args: own } = value as Partial<Saved>;
      return own && own.length > 0 ? { [tag]: name, args: own.map(describe) } : { [tag]: name };
    };
    const kind = kinds.find(({ method }) => hasMethod(value, method));
    if (kind) return tagged(kind.tag, (value as Saved).name);
    if (typeof value === 'function') return tagged('$activation', savedName(layer, value as Activation));
    if (Array.isArray(value)) return value.map(describe);
    if (isBranch(value))
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, v]) => (v === undefined ? [] : [[key, describe(v)]])),
      );
    throw new OptionError(`${layer}: arguments must be values that can be saved, got ${showValue(value)}`);
  };
  return args.map(describe);
}

/** Whether the value has this method; for functions, only as an own property, because all functions inherit `apply`. */
function hasMethod(value: unknown, method: string): boolean {
  return typeof value === 'function'
    ? Object.hasOwn(value, method)
    : typeof value === 'object' && value !== null && method in value;
}

function savedName(layer: string, activation: Activation): string {
  if ('op' in activation) return activationName(activation)!;
  throw new OptionError(
    `${layer}: its activation is not an op and cannot be saved; use an op such as \`relu\`, or create one with \`defineOp\``,
  );
}

/**
 * The inverse of {@link describeArguments}. Omits unknown initializers, because loading replaces the weights anyway.
 *
 * @param layer - the layer's name, for errors
 * @param known - the functions by name; {@link knownFunctions} has all initializers, regularizers and constraints of
 *   this package
 * @throws FormatError for an unknown activation, regularizer or constraint, and for a configuration that is not a list
 * @example
 * reviveArguments('dense', [10, { useBias: false }], {}).length; // => 2
 */
export function reviveArguments(layer: string, config: unknown, known: KnownFunctions): unknown[] {
  return reviveAt(layer, config, known, 0);
}

/** Maximum nesting of layers and lists. */
const maxDepth = 100;

function reviveAt(layer: string, config: unknown, known: KnownFunctions, depth: number): unknown[] {
  const revive = (value: unknown, at: number): unknown => {
    if (at > maxDepth)
      throw new FormatError(`load: the configuration of ${layer} must be nested at most ${maxDepth} deep`);
    if (Array.isArray(value)) return value.map((v) => revive(v, at + 1));
    if (!isBranch(value)) return value;
    const record = value as Readonly<Record<string, unknown>>;
    if ('$activation' in record) {
      const args = 'args' in record ? revive(record['args'], at + 1) : [];
      return knownActivation(layer, nameIn(layer, record, '$activation'), args, known);
    }
    if ('$layer' in record)
      return knownLayer(
        layer,
        nameIn(layer, record, '$layer'),
        known,
      )(...(reviveAt(layer, record['args'], known, at + 1) as never[]));
    const kind = kinds.find(({ tag }) => tag in record);
    if (kind)
      return knownMaker(layer, kind, nameIn(layer, record, kind.tag), record['args'], known, (v) => revive(v, at + 1));
    return Object.fromEntries(
      Object.entries(record)
        .map(([key, v]) => [key, revive(v, at + 1)])
        .filter(([, v]) => v !== undefined),
    );
  };
  if (!Array.isArray(config))
    throw new FormatError(`load: the configuration of ${layer} must be a list of arguments, got ${showValue(config)}`);
  return config.map((v) => revive(v, depth));
}

function nameIn(layer: string, record: Readonly<Record<string, unknown>>, tag: string): string {
  const name = record[tag];
  if (typeof name !== 'string')
    throw new FormatError(`load: \`${tag}\` in the configuration of ${layer} must be a name, got ${showValue(name)}`);
  return name;
}

function knownActivation(layer: string, name: string, args: unknown, { activations }: KnownFunctions): Activation {
  const found = activations && Object.hasOwn(activations, name) ? activations[name] : undefined;
  if (!found)
    throw new FormatError(`load: ${layer} needs the activation ${name}; pass it as \`activations: { ${name} }\``);
  if (!Array.isArray(args) || args.length > 1 || !args.every(isBranch))
    throw new FormatError(
      `load: the activation ${name} of ${layer} takes a list of one object of options, got ${showValue(args)}`,
    );
  return args.length > 0 ? activationWith(found as Parameters<typeof activationWith>[0], args[0] as object) : found;
}

function knownLayer(layer: string, name: string, { layers }: KnownFunctions): (...args: never[]) => Configured {
  const found = layers && Object.hasOwn(layers, name) ? layers[name] : undefined;
  if (!found) throw new FormatError(`load: ${layer} is made with ${name}; pass its factory as \`layers: { ${name} }\``);
  return found;
}

function knownMaker(
  layer: string,
  kind: (typeof kinds)[number],
  name: string,
  args: unknown,
  known: KnownFunctions,
  revive: (value: unknown) => unknown,
): unknown {
  const table = known[kind.table] as Readonly<Record<string, unknown>> | undefined;
  const found = table && Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) {
    if (kind.table === 'initializers') return undefined;
    throw new FormatError(`load: ${layer} needs the ${kind.what} ${name}; pass it as \`${kind.table}: { ${name} }\``);
  }
  if (hasMethod(found, kind.method) && args === undefined) return found;
  if (typeof found !== 'function')
    throw new FormatError(`load: the ${kind.what} ${name} of ${layer} takes no arguments, got ${showValue(args)}`);
  return (found as (...list: unknown[]) => unknown)(...(Array.isArray(args) ? args.map(revive) : []));
}
