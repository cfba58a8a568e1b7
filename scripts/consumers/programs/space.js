import * as ops from 'chainrule/ops';

console.log(JSON.stringify(ops.add(ops.tensor([1]), ops.tensor([2])).toArray()));
