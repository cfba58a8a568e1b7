import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { input, sequential, type Sequential } from '@chainrule/model';
import { relu } from '@chainrule/tensor';

/** 784-300-100-10, for images of 28 × 28. */
export function multilayerNet(): Sequential {
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    flatten(),
    dense(300, { activation: relu }),
    dense(100, { activation: relu }),
    dense(10),
  );
}
