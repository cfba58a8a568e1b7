import { type Executable, median, type ProfileRow, type Program } from '@chainrule/compiler';
import { type DType, sizeOf, Tensor, type TypedArray } from '@chainrule/tensor';
import type { Backing, Held } from './backing.ts';
import type { Slot } from './program/calls.ts';
import { compileProgram, type CompiledProgram } from './program/compileProgram.ts';
import { hostCallsOf } from './program/emit.ts';
import { explainProgram } from './program/explain.ts';
import { profileRows } from './program/profileRows.ts';
import { checkStatus } from './program/status.ts';
import type { LoadedProgram } from './runtime/threads.ts';

/** A program in WebAssembly. */
export class WasmExecutable implements Executable {
  readonly peakBytes: number;
  readonly #program: Program;
  readonly #backing: Backing;
  readonly #compiled: CompiledProgram;
  readonly #held: Held;
  readonly #loaded: LoadedProgram;
  /** Where the arena lies during a run. */
  #arena = 0;

  constructor(program: Program, backing: Backing) {
    this.#program = program;
    this.#backing = backing;
    const { memory } = backing;
    const blocks: number[] = [];
    const constant = (values: ArrayBufferView): number => {
      const address = memory.allocate(values.byteLength);
      blocks.push(address);
      memory.bytes(address, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return address;
    };
    this.#compiled = compileProgram(program, { options: backing.options, target: backing.target, threads: backing.threads, shared: memory.shared, constant });
    this.peakBytes = this.#compiled.arenaBytes;
    backing.reserveArena(this.#compiled);
    this.#loaded = backing.pool.load(this.#compiled.emit(false), { host: this.#hostCall });
    this.#held = { blocks, loaded: { id: this.#loaded.id } };
    backing.release.register(this, this.#held, this);
  }

  run(args: readonly Tensor[]): Tensor[] {
    const { memory, pool, residency } = this.#backing;
    const { assigns, results, graph } = this.#program;
    const { variables, table, inputs, outputs } = this.#compiled;
    const addresses = variables.flatMap((variable) => residency.ready(variable, assigns.includes(variable)));
    this.#arena = this.#backing.reserveArena(this.#compiled);
    memory.ints(table, addresses.length).set(addresses);
    args.forEach((t, i) => this.#view(inputs[i]!, t.dtype, t.size).set(t['~values']));
    pool.run(this.#loaded, this.#arena);
    checkStatus(this.#compiled.calls, memory);
    const tensors = graph.outputs.slice(0, results).map(({ shape, dtype }, i) => new Tensor(shape, dtype, this.#view(outputs[i]!, dtype, sizeOf(shape)).slice()));
    for (const variable of assigns) residency.commit(variable);
    return tensors;
  }

  explain(): string {
    return explainProgram(this.#compiled, this.#backing.threads);
  }

  profile(runs: number): ProfileRow[] {
    const { memory, pool, residency } = this.#backing;
    const { calls, variables, table, inputs } = this.#compiled;
    const times: number[][] = calls.map(() => []);
    let last = 0;
    const tick = (call: number): void => {
      const now = performance.now();
      times[call]!.push(1e3 * (now - last));
      last = now;
    };
    const loaded = pool.load(this.#compiled.emit(true), { host: this.#hostCall, tick });
    const addresses = variables.flatMap((variable) => residency.ready(variable, this.#program.assigns.includes(variable)));
    for (let run = -3; run < runs; run++) {
      this.#arena = this.#backing.reserveArena(this.#compiled);
      memory.ints(table, addresses.length).set(addresses);
      this.#program.graph.inputs.forEach((t, i) => this.#view(inputs[i]!, t.dtype, t.size).fill(0));
      if (run === 0) times.forEach((list) => (list.length = 0));
      last = performance.now();
      pool.run(loaded, this.#arena);
    }
    pool.unload(loaded);
    return profileRows(calls, times.map(median), this.#backing);
  }

  dispose(): void {
    this.#backing.release.unregister(this);
    this.#backing.free(this.#held);
  }

  /** Evaluates a node that has no kernel; its operands' addresses are in memory. */
  readonly #hostCall = (number: number): void => {
    const { memory } = this.#backing;
    const { node, inputs, outputs } = hostCallsOf(this.#compiled.calls)[number]!;
    const addresses = memory.ints(this.#compiled.hostArguments, inputs.length + outputs.length).slice();
    const values = node.inputs.map((t, i) => memory.values(t.dtype, addresses[i]! >>> 0, t.size).slice());
    const results = (node.evaluate as (n: typeof node, x: readonly TypedArray[]) => TypedArray[])(node, values);
    node.types.forEach(({ dtype, shape }, i) => memory.values(dtype, addresses[inputs.length + i]! >>> 0, sizeOf(shape)).set(results[i]!));
  };

  /** Elements of an argument or a result. */
  #view({ storage, offset }: Slot, dtype: DType, size: number): TypedArray {
    const { memory, residency } = this.#backing;
    const { offsets, variables } = this.#compiled;
    let base = 0;
    if (storage.kind === 'arena') base = this.#arena + offsets.get(storage)!;
    else if (storage.kind === 'constant') base = storage.address;
    else if (storage.kind === 'variable') base = residency.ready(variables[storage.index]!, storage.next)[storage.next ? 1 : 0];
    return memory.values(dtype, (base + offset) >>> 0, size);
  }
}
