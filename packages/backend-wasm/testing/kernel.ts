import { ModuleBuilder } from '../src/asm/index.ts';
import { scalarLanes, simdLanes } from '../src/lanes/lanes.ts';
import { hostFunctions } from '../src/math/hostFunctions.ts';
import type { ComputeKernel, Target } from '../src/kernels/common/kernel.ts';
import type { HostFunction } from '../src/math/hostFunctions.ts';

/** The kind of code: plain SIMD, relaxed SIMD, or one lane. */
export type Mode = 'simd' | 'relaxed' | 'scalar';

export function testTarget(module: ModuleBuilder, mode: Mode): Target {
  const refs = new Map(
    Object.entries(hostFunctions).map(([name, { length }]) => [
      name,
      module.import(name, new Array<'f64'>(length).fill('f64'), ['f64']),
    ]),
  );
  return {
    vector: mode === 'scalar' ? scalarLanes() : simdLanes(mode === 'relaxed'),
    scalar: scalarLanes(),
    relaxed: mode === 'relaxed',
    reproducible: false,
    host: (name: HostFunction) => refs.get(name)!,
  };
}

/**
 * Runs one kernel. Copies `inputs` to memory, followed by buffers of the sizes `outputs`, in bytes. Runs the units in
 * the given ranges, in this order. Throws if the kernel writes outside its outputs and its scratch memory.
 *
 * @returns copies of the output buffers
 */
export function runKernel(
  kernel: ComputeKernel,
  inputs: readonly ArrayBufferView[],
  outputs: readonly number[],
  mode: Mode = 'simd',
  cuts: readonly number[] = [0, kernel.units],
): ArrayBuffer[] {
  const module = new ModuleBuilder({ shared: false });
  const target = testTarget(module, mode);
  module.export('run', kernel.emit(module, target));
  let top = 64;
  const place = (bytes: number): number => {
    const at = top;
    top += (bytes + 127) & ~63;
    return at;
  };
  const at = inputs.map((x) => place(x.byteLength));
  const to = outputs.map(place);
  const scratch = place(kernel.scratch);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(top / 65536) });
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(guard);
  to.forEach((start, i) => bytes.fill(0, start, start + outputs[i]!));
  bytes.fill(0, scratch, scratch + kernel.scratch);
  inputs.forEach((x, i) => bytes.set(new Uint8Array(x.buffer, x.byteOffset, x.byteLength), at[i]));
  const before = bytes.slice();
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), {
    env: { memory, ...hostFunctions },
  }).exports as { run: (...args: number[]) => void };
  for (let i = 0; i + 1 < cuts.length; i++) run(...at, ...to, scratch, cuts[i]!, cuts[i + 1]!);
  const results = outputs.map((size, i) => memory.buffer.slice(to[i], to[i]! + size));
  to.forEach((start, i) => before.set(new Uint8Array(results[i]!), start));
  before.set(bytes.subarray(scratch, scratch + kernel.scratch), scratch);
  if (Buffer.compare(bytes, before) !== 0) {
    const wrong = bytes.findIndex((byte, i) => byte !== before[i]);
    throw new Error(
      `${kernel.name} wrote to byte ${wrong}, outside of its outputs ${to.join()} and its scratch memory`,
    );
  }
  return results;
}

/** The content of memory that no kernel may write. */
const guard = 0xa5;
