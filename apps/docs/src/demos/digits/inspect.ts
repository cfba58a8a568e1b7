import { argmax, digits, gather, softmax, type Tensor, tensor } from 'chainrule';
import { type Figure, plotActivations, plotFilters, plotImages, plotSaliency } from '@chainrule/visualize';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

const classes = 10;
/** Digits that no training sees: seeds in the page are smaller. */
const test = digits({ count: 500, seed: 1_000_000_007 });
const testLabels = test.labels.toArray();

const modelOf = (run: Run) => run.state.trainer.model as never;
/** A drawn image as a batch of one. */
const imageOf = (pixels: Uint8Array): Tensor<[1, 28, 28, 1], 'uint8'> => tensor(pixels, [1, 28, 28, 1], 'uint8');

async function predictTest(run: Run): Promise<number[]> {
  return argmax(await run.state.trainer.predict(test.images), -1).toArray();
}

export const questions = {
  /** The probability of each digit. */
  async classify(run: Run, pixels: Uint8Array): Promise<number[]> {
    const logits = await run.state.trainer.predict(imageOf(pixels));
    return softmax(logits).toArray()[0]!;
  },
  filters(run: Run): Figure {
    const kernel = run.state.trainer.model.variables().find(({ name }) => name.endsWith('kernel'));
    return plotFilters(kernel!.value.value, { title: 'filters of the first convolution' });
  },
  activations: (run: Run, pixels: Uint8Array): Figure =>
    plotActivations(modelOf(run), imageOf(pixels), { count: 8, title: 'activation maps' }),
  saliency: (run: Run, pixels: Uint8Array): Figure =>
    plotSaliency(modelOf(run), imageOf(pixels), { title: 'pixels that the answer depends on' }),
  /** How often each digit, the row, was taken for each, the column. */
  async confusions(run: Run): Promise<number[][]> {
    const predicted = await predictTest(run);
    const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
    testLabels.forEach((label, i) => counts[label]![predicted[i]!]!++);
    return counts;
  },
  /** The test images of `label` that the model takes for `taken`. */
  async imagesOf(run: Run, label: number, taken: number): Promise<Figure> {
    const predicted = await predictTest(run);
    const chosen = [...testLabels.keys()].filter((i) => testLabels[i] === label && predicted[i] === taken);
    const title = label === taken ? `${label}, recognized` : `${label} taken for ${taken}`;
    return plotImages(gather(test.images, tensor(chosen, [chosen.length], 'int32')), { title, count: 24 });
  },
};
