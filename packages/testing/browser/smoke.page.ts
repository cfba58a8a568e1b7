import { wasm } from '@chainrule/backend-wasm';
import { compile } from '@chainrule/compiler';
import { Generator, matmul, randomUniform, sum, type Tensor, Variable, zeros } from '@chainrule/tensor';

export interface Smoke {
  readonly isolated: boolean;
  readonly window: boolean;
  readonly simd: boolean;
  readonly relaxed: boolean;
  readonly threads: number;
  /** Whether programs gave the same bits as on one thread, and a variable has the sum of its steps. */
  readonly same: boolean;
  readonly total: number;
}

/** Asks for two threads, and lets them multiply. With `&helper` in the URL the helper comes from a file. */
export default async function smoke(): Promise<Smoke> {
  const createWorker = new URLSearchParams(location.search).has('helper') ? () => new Worker('/helper.js') : undefined;
  const backend = await wasm({ threads: 2, ...(createWorker && { createWorker }) });
  const [a, b] = [randomUniform(new Generator(1), [300, 200]), randomUniform(new Generator(2), [200, 250])];
  const product = (x: Tensor, y: Tensor): Tensor => matmul(x as never, y as never);
  const total = new Variable(zeros([]));
  const step = compile((x: Tensor) => total.assign(sum(x)), { backend });
  const shared = compile(product, { backend });
  const expected = compile(product, { backend: await wasm({ threads: 1 }) })(a, b).data;
  let same = true;
  for (let run = 0; run < 50; run++) {
    const { data } = shared(a, b);
    same &&= data.every((value, i) => value === expected[i]);
    if (run % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5)); // the helper loads programs in the background
  }
  step(zeros([4, 4]));
  return {
    isolated: crossOriginIsolated,
    window: typeof document !== 'undefined',
    simd: backend.simd,
    relaxed: backend.relaxed,
    threads: backend.threads,
    same,
    total: total.value.item(),
  };
}
