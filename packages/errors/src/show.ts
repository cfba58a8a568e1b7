/**
 * A shape as it appears in messages.
 *
 * @example
 * showShape([32, 28, 28, 3]); // => [32,28,28,3]
 */
export function showShape(shape: readonly number[]): string {
  return `[${shape.join(',')}]`;
}

/**
 * Any value, short enough for a message.
 *
 * @example
 * showValue('same'); // => "same"
 */
export function showValue(value: unknown): string {
  return show(value, 3);
}

function show(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) {
    if (depth === 0) return '[…]';
    const shown = value
      .slice(0, 8)
      .map((item) => show(item, depth - 1))
      .join(',');
    return value.length > 8 ? `[${shown},… ${value.length} in all]` : `[${shown}]`;
  }
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'object' && value !== null) return nameOf(value);
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

function nameOf(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  return typeof constructor === 'function' ? constructor.name : 'object';
}

/**
 * Makes `console.log` show the objects of a class by their `toString`, in Node, Deno and Bun.
 *
 * @example
 * class Point { toString() { return 'a point'; } }
 * showByString(Point);
 */
export function showByString(shown: { readonly prototype: { toString(): string } }): void {
  Object.defineProperty(shown.prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: { toString(): string }) {
      return this.toString();
    },
  });
}
