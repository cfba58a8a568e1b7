// What the consoles of Node, Deno and Bun show of objects, as a line of JSON.
import { Dataset, dense, input, readCsv, sequential, Variable, zeros } from 'chainrule';

const inspect = globalThis.Deno?.inspect ?? globalThis.Bun?.inspect ?? (await import('node:util')).inspect;
const rows = Array.from({ length: 7 }, (_, i) => `${i},x`).join('\n');
const shown = [
  zeros([2, 3]),
  new Variable(zeros([2]), { name: 'w' }),
  sequential(input([4]), dense(2)).build(),
  readCsv(`a,b\n${rows}`),
  Dataset.fromTensors({ x: zeros([60, 28, 28, 1]), y: zeros([60], 'int32') }).batch(32),
].map((value) => inspect(value));
if (!shown.every((text) => /^(Tensor|Variable|Layer|CsvTable|Dataset) /.test(text))) throw new Error(shown.join('\n'));
console.log(JSON.stringify({ consoles: shown }));
