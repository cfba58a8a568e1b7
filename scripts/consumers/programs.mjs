import { run } from './project.mjs';

/** How Node runs each program. */
const files = {
  train: 'train.js',
  umbrella: 'umbrella.js',
  images: 'images.js',
  worker: 'worker.mjs',
  files: 'files.js',
  consoles: 'consoles.js',
};
const known = new Map();

/** The lines of JSON in what a program or a tool printed, in one order. */
export const linesOf = (output) =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .sort();

/** What programs print in Node, in a project where the packages are installed. */
export async function expected(project, names) {
  const outputs = [];
  for (const name of names) {
    if (!known.has(name)) known.set(name, learned(await run(project, `"${process.execPath}" ${files[name]}`)));
    outputs.push(known.get(name));
  }
  return linesOf(outputs.join('\n'));
}

/** A loss must fall. */
function learned(output) {
  for (const line of linesOf(output)) {
    const { history: [first, , last] = [1, , 0] } = JSON.parse(line);
    if (!(last < first)) throw new Error(`a loss must fall, got ${line}`);
  }
  return output;
}
