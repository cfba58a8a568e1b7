import { ChainruleError, showValue } from '@chainrule/errors';
import type { DType, Tensor } from '@chainrule/tensor';

/** A case needs something that Chainrule does not support. */
export class Unsupported extends ChainruleError {
  override name = 'Unsupported';
}

/**
 * Values by name that record which were read. An adapter does not support the values that it does not read, and the
 * case must not pass as if it did.
 */
abstract class Given<T> {
  protected abstract readonly kind: string;
  /** The names that were read. */
  readonly read: Set<string>;
  readonly #values: Readonly<Record<string, T>>;

  constructor(values: Readonly<Record<string, T>>, read: Set<string> = new Set()) {
    this.#values = values;
    this.read = read;
  }

  get names(): string[] {
    return Object.keys(this.#values);
  }

  /** Returns the value; undefined if the case lacks it. */
  find(name: string): T | undefined {
    this.read.add(name);
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  get(name: string): T {
    const value = this.find(name);
    if (value === undefined) throw new Unsupported(`${this.kind} \`${name}\` is missing`);
    return value;
  }

  refuseUnread(): void {
    const unread = this.names.filter((name) => !this.read.has(name)).map((name) => `\`${name}\``);
    if (unread.length > 0) throw new Unsupported(`not supported: ${this.kind} ${unread.join(', ')}`);
  }
}

/** The inputs of a case. */
export class Inputs extends Given<Tensor> {
  protected override readonly kind = 'input';

  /** The inputs `a`, `b`, `c`, …, up to the first that is missing. */
  operands(): Tensor[] {
    const list: Tensor[] = [];
    for (let code = 97; code <= 122; code++) {
      const next = this.find(String.fromCharCode(code));
      if (!next) break;
      list.push(next);
    }
    return list;
  }

  /** The inputs `gradient1`, `gradient2`, …, up to the first that is missing. */
  numbered(name: string): Tensor[] {
    const list: Tensor[] = [];
    for (let next = this.find(`${name}1`); next; next = this.find(`${name}${list.length + 1}`)) list.push(next);
    return list;
  }
}

/** The attributes of a case. */
export class Attrs extends Given<unknown> {
  protected override readonly kind = 'attribute';

  /** The dtypes of the expected outputs, for creation functions, which lack inputs. */
  readonly dtypes: Readonly<Record<string, DType>>;

  constructor(
    values: Readonly<Record<string, unknown>>,
    dtypes: Readonly<Record<string, DType>> = {},
    read?: Set<string>,
  ) {
    super(values, read);
    this.dtypes = dtypes;
  }

  number(name: string): number | undefined {
    return this.#typed(name, 'a number', (v): v is number => typeof v === 'number');
  }

  boolean(name: string, fallback = false): boolean {
    return this.#typed(name, 'true or false', (v): v is boolean => typeof v === 'boolean') ?? fallback;
  }

  text(name: string): string | undefined {
    return this.#typed(name, 'a string', (v): v is string => typeof v === 'string');
  }

  /** A list of numbers. */
  list(name: string): readonly number[] | undefined {
    return this.#typed(name, 'a list of numbers', isNumbers);
  }

  /** A number, or a list of them. */
  numbers(name: string): number | readonly number[] | undefined {
    return this.#typed(
      name,
      'a number or a list of numbers',
      (v): v is number | number[] => typeof v === 'number' || isNumbers(v),
    );
  }

  /** Returns one of the supported values; the first is the default. */
  only<T extends string | number | boolean>(name: string, ...values: readonly [T, ...T[]]): T {
    const value = this.find(name) ?? values[0];
    if (!values.includes(value as T)) throw new Unsupported(`not supported: attribute \`${name}\` ${showValue(value)}`);
    return value as T;
  }

  /** Returns the named attributes that the case has, as options. */
  options(...names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(
      names.map((name): [string, unknown] => [name, this.find(name)]).filter(([, value]) => value !== undefined),
    );
  }

  #typed<T>(name: string, what: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.find(name);
    if (value === undefined) return undefined;
    if (is(value)) return value;
    throw new Unsupported(`attribute \`${name}\` must be ${what}, got ${showValue(value)}`);
  }
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => typeof n === 'number');
}
