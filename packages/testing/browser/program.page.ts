import { wasm } from '@chainrule/backend-wasm';
import { compile } from '@chainrule/compiler';
import { mul, tensor, type Tensor } from '@chainrule/tensor';

/** The result of a program on the backend, or the reason why the backend could not start. */
export default async function run(): Promise<readonly unknown[] | string> {
  try {
    const backend = await wasm({ threads: 2 });
    return [backend.threads, ...compile((x: Tensor) => mul(x, 2), { backend })(tensor([1, 2])).data];
  } catch (error) {
    return String(error);
  }
}
