// A CommonJS program.
const { input, dense, meanSquaredError, sequential, sgd } = require('chainrule');

async function main() {
  const trainer = sequential(input([1]), dense(1)).compile({
    seed: 1,
    optimizer: sgd({ learningRate: 0.1 }),
    loss: meanSquaredError,
  });
  await trainer.fit({ x: [[0], [1], [2], [3]], y: [[1], [3], [5], [7]] }, { epochs: 200 });
  const value = (await trainer.predict([[10]])).item();
  if (!(Math.abs(value - 21) < 0.1)) throw new Error(`2 · 10 + 1 must be about 21, got ${value}`);
}

void main();
