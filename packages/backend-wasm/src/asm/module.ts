import { FunctionBuilder, type FunctionRef, type Local } from './func.ts';
import { typeCodes, unsigned, type ValueType } from './value.ts';

/** What the memory that a module imports is like. */
export interface MemoryImport {
  readonly shared: boolean;
}

interface Defined {
  readonly ref: FunctionRef;
  readonly body: Uint8Array;
}

type Params<P extends readonly ValueType[]> = { -readonly [I in keyof P]: Local<P[I]> };

/** Writes one module. It imports its memory as `env.memory`, of which it may see any size. */
export class ModuleBuilder {
  readonly #imports: { readonly name: string; readonly ref: FunctionRef }[] = [];
  readonly #functions: Defined[] = [];
  readonly #exports: { readonly name: string; readonly index: number }[] = [];
  readonly #known = new Map<string, FunctionRef>();
  readonly #memory: MemoryImport;

  constructor(memory: MemoryImport) {
    this.#memory = memory;
  }

  /** A function of the host, `env.name`. All imports come before the first function. */
  import(name: string, params: readonly ValueType[], results: readonly ValueType[]): FunctionRef {
    if (this.#functions.length > 0) throw new RangeError('imports come before functions');
    const ref = { index: this.#imports.length, params, results };
    this.#imports.push({ name, ref });
    return ref;
  }

  /** Adds a function that `write` fills; its parameters are locals. */
  func<const P extends readonly ValueType[]>(
    params: P,
    results: readonly ValueType[],
    write: (f: FunctionBuilder, ...params: Params<P>) => void,
  ): FunctionRef {
    const f = new FunctionBuilder(params);
    write(f, ...(f.params as Params<P>));
    const ref = { index: this.#imports.length + this.#functions.length, params, results };
    this.#functions.push({ ref, body: Uint8Array.from(f.bytes()) });
    return ref;
  }

  /** The function of this key, made at its first use. */
  once(key: string, make: () => FunctionRef): FunctionRef {
    let ref = this.#known.get(key);
    if (!ref) this.#known.set(key, (ref = make()));
    return ref;
  }

  export(name: string, { index }: FunctionRef): void {
    this.#exports.push({ name, index });
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const refs = [...this.#imports, ...this.#functions].map(({ ref }) => ref);
    const keys = refs.map(typeKey);
    const types = [...new Set(keys)];
    const typeOf = (i: number): number[] => unsigned(types.indexOf(keys[i]!));
    const limits = this.#memory.shared ? [3, 0, ...unsigned(65536)] : [0, 0];
    const imports = [
      [...text('env'), ...text('memory'), 2, ...limits],
      ...this.#imports.map(({ name }, i) => [...text('env'), ...text(name), 0, ...typeOf(i)]),
    ];
    const code = this.#functions.map(({ body }) => body);
    const length = code.reduce((sum, body) => sum + body.length, 0);
    const count = unsigned(code.length);
    const head = [
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(
        1,
        types.map((key) => JSON.parse(key) as number[]),
      ),
      ...section(2, imports),
      ...section(
        3,
        this.#functions.map((_, i) => typeOf(this.#imports.length + i)),
      ),
      ...section(
        7,
        this.#exports.map(({ name, index }) => [...text(name), 0, ...unsigned(index)]),
      ),
      ...[10, ...unsigned(count.length + length), ...count],
    ];
    const bytes = new Uint8Array(head.length + length);
    bytes.set(head);
    let at = head.length;
    for (const body of code) {
      bytes.set(body, at);
      at += body.length;
    }
    return bytes;
  }
}

function typeKey({ params, results }: FunctionRef): string {
  const list = (all: readonly ValueType[]): number[] => [...unsigned(all.length), ...all.map((t) => typeCodes[t])];
  return JSON.stringify([0x60, ...list(params), ...list(results)]);
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const body = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(body.length), ...body];
}

function text(name: string): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsigned(bytes.length), ...bytes];
}
