import { functional, sigmoid, tensor, type Tensor } from 'chainrule';
import { type Layer, places, type Point, reach } from './plane.ts';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

const grid = tensor(
  Array.from({ length: places * places }, (_, i) => [
    reach * ((2 * (i % places) + 1) / places - 1),
    -reach * ((2 * Math.floor(i / places) + 1) / places - 1),
  ]),
);

const pointsOf = ({ x, y }: { readonly x: Tensor; readonly y: Tensor }): Point[] =>
  Array.from(y.data, (label, i) => [x.data[2 * i]!, x.data[2 * i + 1]!, label]);

export const questions = {
  points: (run: Run) => ({ train: pointsOf(run.train), test: run.test ? pointsOf(run.test) : [] }),
  /** The layers with their weights and pictures. The last is the probability of class 1. */
  async layers({ state: { trainer } }: Run): Promise<Layer[]> {
    const { model } = trainer;
    const values = await Promise.all(
      model.variables().map(async ({ name, value }) => [name, await value.read()] as const),
    );
    const weights = Object.fromEntries(values);
    return model.layers.map(({ name }, i, layers) => {
      const made = functional(model.inputs as never, model.output(name) as never).call(grid as never) as Tensor;
      const { data } = i === layers.length - 1 ? sigmoid(made) : made;
      const units = made.shape[1];
      const planes = Array.from({ length: units }, (_, unit) =>
        Float32Array.from({ length: places * places }, (_, place) => data[place * units + unit]!),
      );
      return {
        name,
        kernel: weights[`${name}/kernel`]!.toArray() as number[][],
        bias: weights[`${name}/bias`]!.toArray() as number[],
        planes,
      };
    });
  },
  /** Sets one number of `layer/kernel` or `layer/bias`. */
  async setWeight({ state: { trainer } }: Run, name: string, index: number, value: number): Promise<void> {
    const variable = trainer.model.variables().find((variable) => variable.name === name)!.value;
    const numbers = Float32Array.from((await variable.read()).data);
    numbers[index] = value;
    variable.assign(tensor(numbers, [...variable.shape]));
  },
};
