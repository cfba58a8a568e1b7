import { wasm } from '@chainrule/backend-wasm';
import { compile } from '@chainrule/compiler';
import { mul, tensor, type Tensor } from '@chainrule/tensor';

/** What a program computes on the backend, or why there is none. */
export default async function run(): Promise<readonly unknown[] | string> {
  try {
    const backend = await wasm({ threads: 2 });
    return [backend.threads, ...compile((x: Tensor) => mul(x, 2), { backend })(tensor([1, 2])).data];
  } catch (error) {
    return String(error);
  }
}
