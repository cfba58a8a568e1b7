import { type Backend, compile } from '@chainrule/compiler';
import { getWeights, type Sequential, setWeights } from '@chainrule/model';
import { div, full, Generator, randomCategorical, reshape, tensor, type Tensor } from '@chainrule/tensor';
import { type CharacterNet, characterNet } from './characterNet.ts';

/** Options of the generation. */
export interface Writing {
  /** The number of texts, generated in parallel. */
  readonly count: number;
  /** The first token of all texts. */
  readonly start: number;
  /** The number of tokens after it. */
  readonly length: number;
  /** Divides the logits: below 1, likely tokens become likelier. */
  readonly temperature: number;
  readonly seed: number;
  readonly backend: Backend;
}

/**
 * Generates texts with a many-to-many network: draws a token and feeds it into the next step. A stateful copy of the network
 * takes one step per call, so no step is computed twice.
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
