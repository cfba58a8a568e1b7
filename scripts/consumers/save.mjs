// Plain Node, no build: trains a layer on a line, saves the model and loads it again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { input, sequential } from '@chainrule/model';
import { loadModel, saveModel } from '@chainrule/model/node';
import { sgd } from '@chainrule/optim';
import { tensor } from '@chainrule/tensor';

const line = { x: tensor([[0], [1], [2], [3]]), y: tensor([[1], [3], [5], [7]]) };
const model = sequential(input([1]), dense(1));
const trainer = model.compile({ seed: 1, optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
await trainer.fit(line, { epochs: 200 });

const folder = mkdtempSync(join(tmpdir(), 'chainrule-save-'));
try {
  await saveModel(join(folder, 'line.safetensors'), model);
  const again = await loadModel(join(folder, 'line.safetensors'), { layers: { dense } });
  const [value] = again.call(tensor([[10]])).toArray();
  if (!(Math.abs(value - 21) < 0.1)) throw new Error(`2 · 10 + 1 must be about 21, got ${value}`);
  console.log(`2 · 10 + 1 is ${Number(value).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true });
}
