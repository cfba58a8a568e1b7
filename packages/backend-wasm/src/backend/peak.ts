import { i32, memory, ModuleBuilder } from '../asm/index.ts';
import type { Memory } from '../runtime/memory.ts';
import type { Target } from '../kernels/common/kernel.ts';

/** The peak rates of one core. */
export interface Peak {
  readonly flopsPerMicro: number;
  readonly bytesPerMicro: number;
}

/** Measures twelve chains of multiply-adds in registers, and a copy of 8 MiB. Takes the best of several runs. */
export function measurePeak(makeTarget: (module: ModuleBuilder) => Target, room: Memory): Peak {
  const module = new ModuleBuilder({ shared: room.shared });
  const { vector: l } = makeTarget(module);
  const iterations = 100000;
  const chains = 12;
  module.export(
    'multiply',
    module.func(['i32'], [], (f, out) => {
      const sums = f.locals(l.float, chains);
      const factor = f.let(l.const(0.999));
      f.for(f.local('i32'), 0, iterations, 1, () => sums.forEach((sum) => f.set(sum, l.madd(sum, factor, factor))));
      for (const sum of sums) f.add(l.store(out, sum));
    }),
  );
  const bytes = 2 ** 23;
  module.export(
    'copy',
    module.func(['i32'], [], (f, at) => f.add(memory.copy(i32.add(at, i32.const(bytes)), at, i32.const(bytes)))),
  );
  const imports = Object.fromEntries(
    WebAssembly.Module.imports(new WebAssembly.Module(module.bytes())).map(({ name, kind }) => [
      name,
      kind === 'memory' ? room.memory : () => 0,
    ]),
  );
  const { multiply, copy } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: imports })
    .exports as Record<string, (at: number) => void>;
  const at = room.allocate(2 * bytes);
  const best = (run: () => void): number =>
    Math.min(
      ...Array.from({ length: 12 }, () => {
        const start = performance.now();
        run();
        return 1e3 * (performance.now() - start);
      }),
    );
  try {
    return {
      flopsPerMicro: (2 * l.width * chains * iterations) / best(() => multiply!(at)),
      bytesPerMicro: (2 * bytes) / best(() => copy!(at)),
    };
  } finally {
    room.free(at);
  }
}
