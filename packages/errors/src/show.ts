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
 * showValue({ units: 10 }); // => { units: 10 }
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
  if (typeof value === 'object' && value !== null) return showObject(value, depth);
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

/** The fields of a small plain object of data, and the class of any other. Getters are not called. */
function showObject(value: object, depth: number): string {
  const fields = Object.entries(Object.getOwnPropertyDescriptors(value));
  const isData = fields.every(([, field]) => 'value' in field && typeof field.value !== 'function');
  if (!isPlain(value) || !isData || fields.length > 4 || depth === 0) return nameOf(value);
  return fields.length === 0
    ? '{}'
    : `{ ${fields.map(([name, field]) => `${name}: ${show(field.value, depth - 1)}`).join(', ')} }`;
}

/**
 * Whether a value is an object literal, and not of a class.
 *
 * @example
 * isPlain({ units: 10 }); // => true
 */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  return (typeof constructor === 'function' && String(constructor.name)) || 'object';
}

/** Where Node, Deno and Bun look for what `console.log` prints. */
const inspect = Symbol.for('nodejs.util.inspect.custom');

/** The method under {@link inspect}; objects that have this very function are shown by it in browsers, too. */
function shown(this: { toString(): string }): string {
  return this.toString();
}

/**
 * Makes `console.log` print objects of a class with their `toString`: in Node, Deno and Bun, and in Chromium with "Custom
 * formatters" turned on in the settings of the developer tools.
 *
 * @example
 * class Point { toString() { return 'a point'; } }
 * showByString(Point);
 */
export function showByString({ prototype }: { readonly prototype: { toString(): string } }): void {
  Object.defineProperty(prototype, inspect, { value: shown });
  const page = globalThis as Page;
  if (!page.document && !page.WorkerGlobalScope) return;
  if (!page.devtoolsFormatters?.includes(formatter)) (page.devtoolsFormatters ??= []).push(formatter);
}

interface Page {
  readonly document?: unknown;
  readonly WorkerGlobalScope?: unknown;
  devtoolsFormatters?: object[];
}

/** The lines of an object that is shown by its string; none for other values. */
function linesOf(value: unknown): string[] {
  const isShown = typeof value === 'object' && (value as { [inspect]?: unknown } | null)?.[inspect] === shown;
  return isShown ? shown.call(value as object).split('\n') : [];
}

/** The first line, and all lines to unfold. */
const formatter = {
  header: (value: unknown) => (linesOf(value).length > 0 ? ['span', {}, linesOf(value)[0]] : null),
  hasBody: (value: unknown) => linesOf(value).length > 1,
  body: (value: unknown) => ['pre', {}, linesOf(value).join('\n')],
};
