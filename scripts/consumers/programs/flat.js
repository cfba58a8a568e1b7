import { add, tensor } from 'chainrule';

console.log(JSON.stringify(add(tensor([1]), tensor([2])).toArray()));
