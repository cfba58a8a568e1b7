import { type Backend, compile } from '@chainrule/compiler';
import { getWeights, type Sequential, setWeights } from '@chainrule/model';
import { div, full, Generator, randomCategorical, reshape, tensor, type Tensor } from '@chainrule/tensor';
import { type CharacterNet, characterNet } from './characterNet.ts';

/** How to write. */
export interface Writing {
  /** How many texts, side by side. */
  readonly count: number;
  /** The token that all begin with. */
  readonly start: number;
  /** How many tokens follow it. */
  readonly length: number;
  /** What logits are divided by: below 1 what is likely becomes likelier. */
  readonly temperature: number;
  readonly seed: number;
  readonly backend: Backend;
}

/**
 * Texts that a many-to-many net writes: a token is drawn, and goes in at the next step. A net of the same weights takes
 * one step a call and keeps its states, so that no step is computed twice.
 */
export async function writeTexts(
  trained: Sequential,
  net: CharacterNet,
  { count, start, length, temperature, seed, backend }: Writing,
): Promise<number[][]> {
  const model = characterNet({ ...net, steps: 1, stateful: count }).build();
  setWeights(model, { ...getWeights(model), ...getWeights(trained) });
  const rng = new Generator(seed);
  const next = compile(
    (tokens: Tensor, heat: Tensor) => {
      const logits = reshape(model.call(tokens), [count, net.vocabulary]);
      return randomCategorical(rng, div(logits, heat) as Tensor<[number, number], 'float32'>);
    },
    { backend, name: 'writing' },
  );
  const texts = Array.from({ length: count }, (): number[] => []);
  let tokens: Tensor = full([count, 1], start, 'int32');
  for (let i = 0; i < length; i++) {
    tokens = next(tokens, tensor(temperature));
    (await tokens.read()).forEach((token, row) => texts[row]!.push(token));
  }
  return texts;
}
