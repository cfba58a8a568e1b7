import type { Executable, ProfileRow, Program } from '@chainrule/compiler';
import { median } from '@chainrule/compiler/backend';
import { type DType, Tensor, type TypedArray } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import type { BackendState, ProgramResources } from './backendState.ts';
import type { HostCall, Slot, StatusBlock } from '../program/calls.ts';
import { compileProgram, type CompiledProgram } from '../program/compileProgram.ts';
import { explainProgram } from '../program/explain.ts';
import { profileRows } from './profileRows.ts';
import type { Resident } from './residency.ts';
import { checkStatuses, statusesOf } from '../program/status.ts';
import { hostCallsOf, paysThreads } from '../program/work.ts';
import { HelperLost } from '../runtime/helperLost.ts';
import type { LoadedProgram } from '../runtime/threads.ts';

/** A program in WebAssembly. */
export class WasmExecutable implements Executable {
  readonly peakBytes: number;
  readonly #program: Program;
  readonly #backing: BackendState;
  readonly #compiled: CompiledProgram;
  readonly #held: ProgramResources;
  readonly #loaded: LoadedProgram;
  /** The blocks of all variables of the program, and of those that it assigns. */
  readonly #residents: readonly Resident[];
  readonly #assigned: readonly Resident[];
  /** Whether the program is too small for a second thread to pay off. */
  readonly #alone: boolean;
  readonly #statuses: readonly StatusBlock[];
  readonly #hostCalls: readonly HostCall[];
  /** The address of the arena during a run. */
  #arena = 0;

  constructor(program: Program, backing: BackendState) {
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
    try {
      this.#compiled = compileProgram(program, {
        options: backing.options,
        target: backing.target,
        threads: backing.threads,
        shared: memory.shared,
        constant,
      });
      this.peakBytes = this.#compiled.arenaBytes;
      const { assigns } = program;
      const assigned = new Set(assigns);
      this.#residents = this.#compiled.variables.map((variable) =>
        backing.residency.of(variable, assigned.has(variable)),
      );
      this.#assigned = assigns.map((variable) => backing.residency.of(variable, true));
      this.#hostCalls = hostCallsOf(this.#compiled.calls);
      this.#statuses = statusesOf(this.#compiled.calls);
      backing.reserveArena(this.#compiled);
      this.#alone = !paysThreads(this.#compiled.calls);
      this.#loaded = backing.pool.load(this.#compiled.emit(false), { host: this.#hostCall }, this.#alone);
    } catch (error) {
      for (const address of blocks) memory.free(address);
      throw error;
    }
    this.#held = { blocks, loaded: { id: this.#loaded.id } };
    backing.release.register(this, this.#held, this);
  }

  run(args: readonly Tensor[]): Tensor[] {
    const { residency } = this.#backing;
    const { assigns, results, graph, accept } = this.#program;
    const { inputs, outputs } = this.#compiled;
    this.#complete(this.#loaded, () =>
      args.forEach((t, i) => this.#view(inputs[i]!, t.dtype, t.size).set(t['~values'])),
    );
    checkStatuses(this.#statuses, this.#backing.memory);
    const tensors = graph.outputs
      .slice(0, results)
      .map(({ shape, dtype }, i) => new Tensor(shape, dtype, this.#view(outputs[i]!, dtype, sizeOf(shape)).slice()));
    if (!accept || accept(tensors)) assigns.forEach((variable, i) => residency.commit(variable, this.#assigned[i]!));
    return tensors;
  }

  explain(): string {
    return explainProgram(this.#compiled, this.#backing.threads);
  }

  profile(runs: number): ProfileRow[] {
    const { pool } = this.#backing;
    const { calls, inputs } = this.#compiled;
    const times: number[][] = calls.map(() => []);
    let last = 0;
    const tick = (call: number): void => {
      const now = performance.now();
      times[call]!.push(1e3 * (now - last));
      last = now;
    };
    const loaded = pool.load(this.#compiled.emit(true), { host: this.#hostCall, tick }, this.#alone);
    for (let run = -3; run < runs; run++) {
      if (run === 0) times.forEach((list) => (list.length = 0));
      this.#complete(loaded, () => {
        this.#program.graph.inputs.forEach((t, i) => this.#view(inputs[i]!, t.dtype, t.size).fill(0));
        last = performance.now();
      });
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
    const { node, inputs, outputs } = this.#hostCalls[number]!;
    const addresses = memory.ints(this.#compiled.hostArguments, inputs.length + outputs.length).slice();
    const values = node.inputs.map((t, i) => memory.values(t.dtype, addresses[i]! >>> 0, t.size).slice());
    const results = (node.evaluate as (n: typeof node, x: readonly TypedArray[]) => TypedArray[])(node, values);
    node.types.forEach(({ dtype, shape }, i) =>
      memory.values(dtype, addresses[inputs.length + i]! >>> 0, sizeOf(shape)).set(results[i]!),
    );
  };

  /**
   * Runs the program. If a run loses a helper, it has committed nothing; it is repeated in memory that the lost helper
   * does not know.
   */
  #complete(loaded: LoadedProgram, fill: () => void): void {
    for (;;) {
      this.#place();
      fill();
      try {
        return this.#backing.pool.run(loaded, this.#arena, this.#alone);
      } catch (error) {
        if (!(error instanceof HelperLost)) throw error;
        this.#backing.leaveMemory(this.#assigned, error.ended);
      }
    }
  }

  /** Updates variables, reserves the arena, and writes the addresses of variables to the table. */
  #place(): void {
    const { memory, residency } = this.#backing;
    const { variables, table } = this.#compiled;
    variables.forEach((variable, i) => {
      residency.reserve(this.#residents[i]!, this.#program.assigns.includes(variable));
      residency.update(variable, this.#residents[i]!);
    });
    this.#arena = this.#backing.reserveArena(this.#compiled);
    const addresses = memory.ints(table, 2 * variables.length);
    this.#residents.forEach(({ current, next }, i) => {
      addresses[2 * i] = current;
      addresses[2 * i + 1] = next;
    });
  }

  /** A view of an argument or a result. */
  #view({ storage, offset }: Slot, dtype: DType, size: number): TypedArray {
    const { memory } = this.#backing;
    const { offsets } = this.#compiled;
    let base = 0;
    if (storage.kind === 'arena') base = this.#arena + offsets.get(storage)!;
    else if (storage.kind === 'constant') base = storage.address;
    else if (storage.kind === 'variable') base = this.#residents[storage.index]![storage.next ? 'next' : 'current'];
    return memory.values(dtype, (base + offset) >>> 0, size);
  }
}
