import { broadcastTo, expandDims, map, reshape, sampleImage, scalar as e, stack, type Tensor } from '@chainrule/tensor';

/** Reads sequences `[batch, time, features]` at fractional steps `[batch, steps]`, linearly, and no farther than their ends. */
export function atSteps(sequences: Tensor, steps: Tensor): Tensor {
  const [batch, , features] = sequences.shape;
  const count = steps.shape[1];
  const places = stack([broadcastTo(steps, [batch, count]), map((t) => e.mul(0, t), [steps])], 2);
  const read = sampleImage(expandDims(sequences, 2), places, { fillMode: 'nearest' });
  return reshape(read, [batch, count, features]);
}
