import { type Job, sharedTask } from '../job.ts';
import type { Subject } from '../measure.ts';
import { makeMatrices, makeProblem, type Values } from '../problem.ts';
import { type Net, rates } from '../workloads.ts';
import { jaxForward, kernelOf, type Jax, type JaxArray } from './jaxLayers.ts';
import { importFrom } from './load.ts';

/** Weights, both moments of Adam, and the number of steps, as one list. The compiled step takes and returns it. */
interface State {
  weights: JaxArray[];
  first: JaxArray[];
  second: JaxArray[];
}

/**
 * jax-js on WebAssembly. One `jit` compiles the whole training step. Functions consume their arguments; `.ref` keeps
 * one.
 */
export async function prepareJax(job: Job): Promise<Subject> {
  const { packages } = job;
  const task = sharedTask(job.task);
  const jax = await importFrom<Jax>(packages!, '@jax-js/jax', 'dist/index.js');
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  if (task.kind === 'matmul') return product(jax, task.size);
  const { net, batch } = task;
  if (task.kind === 'epochs') return epochs(jax, net, task);
  const problem = makeProblem(net, batch);
  const weights = problem.weights.map((w) => kernelOf(jax, w));
  const x = toArray(jax, problem.x);
  if (task.kind === 'forward') {
    const forward = jax.jit((w: JaxArray[], images: JaxArray) => jaxForward(jax, net, w, images, undefined));
    return {
      step: async () =>
        (
          await forward(
            weights.map((w) => w.ref),
            x.ref,
          ).data()
        )[0]!,
    };
  }
  return { step: trainer(jax, net, weights, () => [x.ref, toArray(jax, problem.y)]) };
}

/** Makes a function that takes one training step and returns its loss. */
function trainer(
  jax: Jax,
  net: Net,
  weights: JaxArray[],
  nextBatch: () => [JaxArray, JaxArray],
): () => Promise<number> {
  const adam = net.optimizer === 'adam';
  const zeros = (): JaxArray[] => (adam ? weights.map((w) => jax.numpy.zeros(w.shape)) : []);
  let state: State = { weights, first: zeros(), second: zeros() };
  const step = jax.jit(
    (s: State, scale: JaxArray, corrections: JaxArray[], key: JaxArray, x: JaxArray, y: JaxArray) => {
      const [loss, gradients] = jax.valueAndGrad((w: JaxArray[]) =>
        lossOf(jax, net, jaxForward(jax, net, w, x, key), y),
      )(s.weights.map((w) => w.ref));
      return [loss, adam ? adamStep(jax, s, gradients, scale, corrections) : sgdStep(s, gradients, scale)] as [
        JaxArray,
        State,
      ];
    },
  );
  let t = 0;
  return async () => {
    t++;
    const corrections = [rates.beta1, rates.beta2].map((beta) =>
      jax.numpy.array(Float32Array.of(1 / (1 - beta ** t))).reshape([]),
    );
    const rate = jax.numpy.array(Float32Array.of(rates[net.optimizer])).reshape([]);
    const [x, y] = nextBatch();
    const [loss, next] = step(state, rate, adam ? corrections : [], jax.random.key(t), x, y);
    state = next;
    await jax.blockUntilReady(next);
    return (await loss.data())[0]!;
  };
}

function sgdStep({ weights }: State, gradients: JaxArray[], rate: JaxArray): State {
  const next = weights.map((w, i) => w.sub(gradients[i]!.mul(rate.ref)));
  rate.dispose();
  return { weights: next, first: [], second: [] };
}

/** Adam's m̂ / (√v̂ + ε), as in the other libraries. */
function adamStep(jax: Jax, s: State, gradients: JaxArray[], rate: JaxArray, [c1, c2]: JaxArray[]): State {
  const { beta1, beta2, epsilon } = rates;
  const next: State = { weights: [], first: [], second: [] };
  s.weights.forEach((w, i) => {
    const g = gradients[i]!;
    const m = s.first[i]!.mul(beta1).add(g.ref.mul(1 - beta1));
    const v = s.second[i]!.mul(beta2).add(g.ref.mul(g).mul(1 - beta2));
    const update = m.ref.mul(c1!.ref).div(jax.numpy.sqrt(v.ref.mul(c2!.ref)).add(epsilon));
    next.weights.push(w.sub(update.mul(rate.ref)));
    next.first.push(m);
    next.second.push(v);
  });
  for (const scalar of [rate, c1!, c2!]) scalar.dispose();
  return next;
}

function lossOf({ nn, numpy }: Jax, net: Net, logits: JaxArray, y: JaxArray): JaxArray {
  switch (net.loss) {
    case 'softmax': {
      const classes = logits.shape[1]!;
      return nn.logSoftmax(logits).mul(nn.oneHot(y, classes)).sum(1).mean().mul(-1);
    }
    case 'sigmoid':
      return nn.softplus(logits.ref).sub(logits.mul(y)).mean();
    case 'squares':
      return numpy.square(logits.sub(y)).mean();
  }
}

/** Slices batches on the host, because jax-js would compile a slice anew for each position. */
function epochs(
  jax: Jax,
  net: Net,
  { batch, samples, epochs: times }: { readonly batch: number; readonly samples: number; readonly epochs: number },
): Subject {
  const { x, y, weights } = makeProblem(net, samples);
  const size = x.data.length / samples;
  let at = 0;
  const step = trainer(
    jax,
    net,
    weights.map((w) => kernelOf(jax, w)),
    () => {
      const end = Math.min(at + batch, samples);
      const cut = { shape: [end - at, ...net.input], data: x.data.slice(at * size, end * size) };
      const labels = { shape: [end - at], data: y.data.slice(at, end) };
      at = end % samples;
      return [toArray(jax, cut), toArray(jax, labels)];
    },
  );
  return {
    step: async () => {
      let loss = 0;
      for (let i = 0; i < times * Math.ceil(samples / batch); i++) loss = await step();
      return loss;
    },
  };
}

function product(jax: Jax, size: number): Subject {
  const [a, b] = makeMatrices(size).map((m) => toArray(jax, m)) as [JaxArray, JaxArray];
  const multiply = jax.jit((p: JaxArray, q: JaxArray) => jax.numpy.matmul(p, q));
  return { step: async () => (await multiply(a.ref, b.ref).data())[0]! };
}

function toArray(jax: Jax, { data, shape }: Values): JaxArray {
  return jax.numpy.array(data).reshape([...shape]);
}
