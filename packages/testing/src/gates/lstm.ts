import { valueAndGrad } from '@chainrule/autograd';
import { compile, type CompileOptions } from '@chainrule/compiler';
import { dense, embedding } from '@chainrule/layers-dense';
import { lstm } from '@chainrule/layers-recurrent';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, applyUpdates } from '@chainrule/optim';
import { type FloatDType, tensor, type Tensor, type Variable } from '@chainrule/tensor';

const [tokens, time, size] = [11, 6, 4];

/** An LSTM on an embedding, with dropout of inputs and states. */
export function makeModel(checkpointEvery?: number, dtype: FloatDType = 'float32'): Sequential {
  const rest = checkpointEvery === undefined ? {} : { checkpointEvery };
  return sequential(
    input([time]),
    embedding(tokens, 3),
    lstm(5, { recurrentDropout: 0.3, dropout: 0.2, ...rest }),
    dense(2),
  ).build({ seed: 5, dtype });
}

/** Tokens and labels of a step. */
export function batch(step: number): { x: Tensor; y: Tensor } {
  const x = tensor(
    Int32Array.from({ length: size * time }, (_, i) => (i * 7 + step * 5) % tokens),
    [size, time],
    'int32',
  );
  return {
    x,
    y: tensor(
      Int32Array.from({ length: size }, (_, i) => (i + step) % 2),
      [size],
      'int32',
    ),
  };
}

/** The bits of all losses, weights and states after 20 steps. */
export function run(options: CompileOptions | 'eager', checkpointEvery?: number): Record<string, number[]> {
  const model = makeModel(checkpointEvery);
  const optimizer = adam({ learningRate: 0.02 });
  const variables = model.trainableVariables();
  const state = optimizer.init(variables);
  const step = (x: Tensor, y: Tensor): Tensor => {
    const [loss, gradients] = valueAndGrad((_: readonly Variable[]) =>
      sparseCategoricalCrossEntropy(model.call(x, { training: true }), y),
    )(variables);
    applyUpdates(variables, optimizer.update(gradients, state, variables));
    return loss;
  };
  const compiled = options === 'eager' ? step : compile(step, options);
  const seen: Record<string, number[]> = { losses: [] };
  for (let i = 0; i < 20; i++) {
    const { x, y } = batch(i);
    seen['losses']!.push(compiled(x, y).item());
  }
  for (const { name, value } of model.variables()) seen[name] = [...value.value.data];
  for (const v of [...state[0].m, ...state[0].v]) seen[v.name] = [...v.value.data];
  seen['counter'] = [model.rng.counter.value.item()];
  return seen;
}
