import { FunctionBuilder, type FunctionRef, type Local } from './func.ts';
import { type Code, codeOf, typeCodes, unsigned, type ValueType } from './value.ts';

/** The kind of memory that a module imports. */
export interface MemoryImport {
  readonly shared: boolean;
}

interface Defined {
  readonly ref: FunctionRef;
  readonly body: Uint8Array<ArrayBuffer>;
}

type Params<P extends readonly ValueType[]> = { -readonly [I in keyof P]: Local<P[I]> };

/** Writes one module, which imports a memory of any size as `env.memory`. */
export class ModuleBuilder {
  readonly #imports: { readonly name: string; readonly ref: FunctionRef }[] = [];
  readonly #functions: Defined[] = [];
  readonly #exports: { readonly name: string; readonly index: number }[] = [];
  readonly #known = new Map<string, FunctionRef>();
  readonly #memory: MemoryImport;

  constructor(memory: MemoryImport) {
    this.#memory = memory;
  }

  /** Imports the function `env.name` from the host. Call it before the first `func`. */
  import(name: string, params: readonly ValueType[], results: readonly ValueType[]): FunctionRef {
    if (this.#functions.length > 0) throw new RangeError('imports come before functions');
    const ref = { index: this.#imports.length, params, results };
    this.#imports.push({ name, ref });
    return ref;
  }

  /** Adds a function. `write` gets its parameters as locals and writes its body. */
  func<const P extends readonly ValueType[]>(
    params: P,
    results: readonly ValueType[],
    write: (f: FunctionBuilder, ...params: Params<P>) => void,
  ): FunctionRef {
    const f = new FunctionBuilder(params);
    write(f, ...(f.params as Params<P>));
    const ref = { index: this.#imports.length + this.#functions.length, params, results };
    this.#functions.push({ ref, body: bytesOf(f.body()) });
    return ref;
  }

  /** Returns the function of this key. Calls `make` for the first use of the key. */
  once(key: string, make: () => FunctionRef): FunctionRef {
    let ref = this.#known.get(key);
    if (!ref) this.#known.set(key, (ref = make()));
    return ref;
  }

  export(name: string, { index }: FunctionRef): void {
    this.#exports.push({ name, index });
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const refs = [...this.#imports, ...this.#functions].map(({ ref }) => typeOf(ref));
    const types = new Map([...new Set(refs)].map((type, i) => [type, unsigned(i)]));
    const numbers = refs.map((type) => types.get(type)!);
    const limits = this.#memory.shared ? codeOf(3, 0) + unsigned(65536) : codeOf(0, 0);
    const imports = [
      text('env') + text('memory') + codeOf(2) + limits,
      ...this.#imports.map(({ name }, i) => text('env') + text(name) + codeOf(0) + numbers[i]!),
    ];
    const length = this.#functions.reduce((sum, { body }) => sum + body.length, 0);
    const count = unsigned(this.#functions.length);
    const head = bytesOf(
      codeOf(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0) +
        section(1, [...types.keys()]) +
        section(2, imports) +
        section(3, numbers.slice(this.#imports.length)) +
        section(
          7,
          this.#exports.map(({ name, index }) => text(name) + codeOf(0) + unsigned(index)),
        ) +
        codeOf(10) +
        unsigned(count.length + length) +
        count,
    );
    const bytes = new Uint8Array(head.length + length);
    bytes.set(head);
    let at = head.length;
    for (const { body } of this.#functions) {
      bytes.set(body, at);
      at += body.length;
    }
    return bytes;
  }
}

function bytesOf(code: Code): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(code.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = code.charCodeAt(i);
  return bytes;
}

function typeOf({ params, results }: FunctionRef): Code {
  const list = (all: readonly ValueType[]): Code =>
    unsigned(all.length) + codeOf(...all.map((type) => typeCodes[type]));
  return codeOf(0x60) + list(params) + list(results);
}

function section(id: number, entries: readonly Code[]): Code {
  const body = unsigned(entries.length) + entries.join('');
  return codeOf(id) + unsigned(body.length) + body;
}

/** Names are ASCII. */
function text(name: string): Code {
  return unsigned(name.length) + name;
}
