// The gradient of a small function.
import { grad } from '@chainrule/autograd';
import { mul, sum, type Tensor, tensor } from '@chainrule/tensor';

console.log(grad((x: Tensor) => sum(mul(x, x)))(tensor([1, 2])));
