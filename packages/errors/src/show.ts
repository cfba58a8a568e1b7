/**
 * Formats a shape for messages.
 *
 * @example
 * showShape([32, 28, 28, 3]); // => [32,28,28,3]
 */
export function showShape(shape: readonly number[]): string {
  return `[${shape.map((n) => (n === Infinity ? '?' : n)).join(',')}]`;
}

/**
 * Formats any value for messages, shortened if necessary.
 *
 * @example
 * showValue('same'); // => "same"
 */
export function showValue(value: unknown): string {
  return show(value, 3);
}

function show(value: unknown, depth: number): string {
  if (typeof value === 'string') {
    const [start] = /^[^]{0,40}/u.exec(value)!;
    return JSON.stringify(start === value ? value : `${start}…`);
  }
  if (Array.isArray(value)) {
    if (depth === 0) return '[…]';
    const shown = Array.from(value.slice(0, 8), (item) => show(item, depth - 1)).join(',');
    return value.length > 8 ? `[${shown},… ${value.length} in all]` : `[${shown}]`;
  }
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'object' && value !== null) return nameOf(value);
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

function nameOf(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  return (typeof constructor === 'function' && String(constructor.name)) || 'object';
}

/**
 * Makes `console.log` print objects of a class with their `toString`, in Node, Deno and Bun.
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
