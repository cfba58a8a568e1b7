import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { isBranch } from '@chainrule/tensor';
import { type Activation, activationName } from './activation.ts';
import type { Initializer } from './initializers.ts';
import type { Json } from './layer.ts';

/** The functions that configurations name. */
export interface KnownFunctions {
  readonly activations?: Readonly<Record<string, Activation>>;
  readonly initializers?: Readonly<Record<string, Initializer>>;
}

/**
 * The arguments that make a layer again, as JSON: activations and initializers by name.
 *
 * @param layer - the layer's name, for errors
 * @throws OptionError for a function that has no name to find it by, such as a lambda
 * @example
 * describeArguments('dense', [10, { activation: relu }]); // => [10,{"activation":{"$activation":"relu"}}]
 */
export function describeArguments(layer: string, args: readonly unknown[]): Json {
  const describe = (value: unknown): Json => {
    if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'function') return { $activation: savedName(layer, value as Activation) };
    if (isInitializer(value)) return { $initializer: value.name };
    if (Array.isArray(value)) return value.map(describe);
    if (isBranch(value)) return Object.fromEntries(Object.entries(value).flatMap(([key, v]) => (v === undefined ? [] : [[key, describe(v)]])));
    throw new OptionError(`${layer}: an argument cannot be saved: ${showValue(value)}`);
  };
  return args.map(describe);
}

function savedName(layer: string, activation: Activation): string {
  if ('op' in activation) return activationName(activation)!;
  throw new OptionError(`${layer}: its activation is a function of your own, which cannot be saved; use an op such as relu, or make one with defineOp`);
}

function isInitializer(value: unknown): value is Initializer {
  return typeof value === 'object' && value !== null && 'make' in value && 'name' in value;
}

/**
 * The way back from {@link describeArguments}. An initializer that is not known is left out: the weights are loaded.
 *
 * @param layer - the layer's name, for errors
 * @throws FormatError for an activation that is not known, or what is no list
 * @example
 * reviveArguments('dense', [10, { useBias: false }], {}).length; // => 2
 */
export function reviveArguments(layer: string, config: unknown, known: KnownFunctions): unknown[] {
  const revive = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(revive);
    if (!isBranch(value)) return value;
    const record = value as Readonly<Record<string, unknown>>;
    if ('$activation' in record) return knownActivation(layer, String(record['$activation']), known);
    if ('$initializer' in record) return known.initializers?.[String(record['$initializer'])];
    return Object.fromEntries(Object.entries(record).map(([key, v]) => [key, revive(v)]).filter(([, v]) => v !== undefined));
  };
  if (!Array.isArray(config)) throw new FormatError(`load: the configuration of ${layer} must be a list of arguments, got ${showValue(config)}`);
  return config.map(revive);
}

function knownActivation(layer: string, name: string, { activations }: KnownFunctions): Activation {
  const found = activations && Object.hasOwn(activations, name) ? activations[name] : undefined;
  if (!found) throw new FormatError(`load: ${layer} needs the activation ${name}; pass it as \`activations: { ${name} }\``);
  return found;
}
