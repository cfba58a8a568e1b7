// A page that trains in a worker; bundlers recognize how it is made.
import { trainInWorker } from 'chainrule';
import type { service } from './training.ts';

const worker = new Worker(new URL('./training.js', import.meta.url), { type: 'module' });
const training = trainInWorker<typeof service>(worker);
const history = await training.start({ epochs: 3, seed: 1 });
training.terminate();
console.log(JSON.stringify({ history: history.map(({ loss }) => Number(loss!.toFixed(4))) }));
