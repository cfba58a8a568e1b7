import { FormatError, showValue } from '@chainrule/errors';

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Parses JSON, after an optional byte order mark. */
export function parseJson(op: string, text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as unknown;
  } catch (error) {
    throw new FormatError(`${op}: expected JSON, got something else: ${(error as Error).message}`);
  }
}

/** A value in an external file, with its path. Its methods check the type, and name the path if it is wrong. */
export class Field {
  readonly value: unknown;
  readonly path: string;
  readonly op: string;

  constructor(op: string, value: unknown, path = '') {
    this.op = op;
    this.value = value;
    this.path = path;
  }

  /** Whether the value is missing or null. */
  get isNone(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** The field `key` of an object, which may be missing. */
  at(key: string): Field {
    return new Field(this.op, own(this.object(), key), this.path ? `${this.path}.${key}` : key);
  }

  object(): Readonly<Record<string, unknown>> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail('an object');
    return value as Record<string, unknown>;
  }

  /** The elements of a list, each with its path. */
  list(): Field[] {
    return this.values().map((_, i) => this.item(i));
  }

  /** The elements of a list as plain values. Suits large lists, because it makes no object for each. */
  values(): readonly unknown[] {
    const { value } = this;
    if (!Array.isArray(value)) this.fail('a list');
    return value as unknown[];
  }

  /** An element of a list. */
  item(index: number): Field {
    return new Field(this.op, this.values()[index], `${this.path}[${index}]`);
  }

  string(fallback?: string): string {
    return this.read('string', 'text', fallback);
  }

  boolean(fallback?: boolean): boolean {
    return this.read('boolean', 'true or false', fallback);
  }

  number(fallback?: number): number {
    return this.read('number', 'a number', fallback);
  }

  /** An integer of at least 0. */
  count(fallback?: number): number {
    const value = this.number(fallback);
    if (!Number.isSafeInteger(value) || value < 0) this.fail('an integer of at least 0');
    return value;
  }

  /** The entry of `choices` that the value names. */
  oneOf<T>(choices: Readonly<Record<string, T>>): T {
    const choice = typeof this.value === 'string' ? own(choices, this.value) : undefined;
    if (choice === undefined) this.fail(`one of ${Object.keys(choices).join(', ')}`);
    return choice;
  }

  fail(expectation: string): never {
    throw new FormatError(
      `${this.op}: expected ${expectation} at ${this.path || 'the top'}, got ${showValue(this.value)}`,
    );
  }

  private read<T>(type: string, what: string, fallback?: T): T {
    if (this.isNone && fallback !== undefined) return fallback;
    if (typeof this.value !== type) this.fail(what);
    return this.value as T;
  }
}

/** Looks up a key, but not an inherited one such as `constructor`. */
const own = <T>(object: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
