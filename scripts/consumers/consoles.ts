// What the consoles of Node, Deno and Bun show of objects.
import { Dataset, dense, input, readCsv, sequential, Variable, zeros } from 'chainrule';

const rows = Array.from({ length: 7 }, (_, i) => `${i},x`).join('\n');
for (const value of [
  zeros([2, 3]),
  new Variable(zeros([2]), { name: 'w' }),
  sequential(input([4]), dense(2)).build(),
  readCsv(`a,b\n${rows}`),
  Dataset.fromTensors({ x: zeros([60, 28, 28, 1]), y: zeros([60], 'int32') }).batch(32),
])
  console.log(value);
