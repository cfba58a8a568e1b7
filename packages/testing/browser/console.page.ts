import { dense } from '@chainrule/layers-dense';
import { input, sequential } from '@chainrule/model';
import { tensor } from '@chainrule/tensor';

/** Logs values, and returns their strings. */
export default function consolePage(): Promise<readonly string[]> {
  const values = [tensor([1, 2]), sequential(input([2]), dense(3)).build()];
  console.log(...values, { plain: true }, 5);
  return Promise.resolve(values.map(String));
}
