// What page.ts does, in a worker thread of Node.
import { Worker } from 'node:worker_threads';
import { trainInWorker } from 'chainrule';

const training = trainInWorker(new Worker(new URL('./training.js', import.meta.url)));
const history = await training.start({ epochs: 3, seed: 1 });
training.terminate();
console.log(JSON.stringify({ history: history.map(({ loss }) => Number(loss.toFixed(4))) }));
