// What only Node has: a progress bar on a terminal, and files. Trains a layer on a line, saves the model and loads it again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dense, input, meanSquaredError, sequential, sgd, tensor } from 'chainrule';
import { loadModel, progressBar, saveModel } from 'chainrule/node';

const line = { x: tensor([[0], [1], [2], [3]]), y: tensor([[1], [3], [5], [7]]) };
const model = sequential(input([1]), dense(1));
const trainer = model.compile({ seed: 1, optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
process.stdout.isTTY = true;
await trainer.fit(line, { epochs: 200, callbacks: [progressBar({ per: 'training' })] });

const folder = mkdtempSync(join(tmpdir(), 'chainrule-save-'));
try {
  await saveModel(join(folder, 'line.safetensors'), model);
  const again = await loadModel(join(folder, 'line.safetensors'), { layers: { dense } });
  const value = again.call(tensor([[10]])).item();
  if (!(Math.abs(value - 21) < 0.1)) throw new Error(`2 · 10 + 1 must be about 21, got ${value}`);
  console.log(`\n${JSON.stringify({ value: Number(value.toFixed(2)) })}`);
} finally {
  rmSync(folder, { recursive: true });
}
