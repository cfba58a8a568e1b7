import { argmax, Generator, slice, type Tensor } from 'chainrule';
import { type Figure, plotHistogram, plotImages } from '@chainrule/visualize';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

const shown = 12;
const first = (images: Tensor): Tensor => slice(images, [0, 0, 0, 0], [Math.min(shown, images.shape[0]), 28, 28, 1]);

/** The weights of the first layer. */
const weightsOf = ({ model }: Run['state']['plain']): Tensor =>
  model.variables().find(({ name }) => name.endsWith('kernel'))!.value.value;

export const questions = {
  /** Training images as they are, and as the network with remedies sees them in this step. */
  images(run: Run, step: number): Figure {
    const images = first(run.training.x);
    const changed = run.changes(images, new Generator(step + 1));
    return {
      kind: 'panels',
      title: 'training images',
      panels: [
        plotImages(images, { title: 'what the plain network sees' }),
        plotImages(changed, { title: 'what the network with remedies sees in this step' }),
      ],
    };
  },
  weights: (run: Run): Figure =>
    plotHistogram(
      { plain: weightsOf(run.state.plain), 'with remedies': weightsOf(run.state.treated) },
      { bins: 24, title: 'weights of the first layer', x: 'weight' },
    ),
  /** Validation images that at least one of the networks misreads. */
  async mistakes(run: Run): Promise<Figure> {
    const { x, y } = run.validation;
    const read = async (trainer: Run['state']['plain']) => argmax(await trainer.predict(x), -1).toArray() as number[];
    const [labels, plain, treated] = [y.toArray(), await read(run.state.plain), await read(run.state.treated)];
    const wrong = [...labels.keys()].filter((i) => plain[i] !== labels[i] || treated[i] !== labels[i]);
    const images = wrong.slice(0, 2 * shown).map((i) => {
      const { images } = plotImages(slice(x, [i, 0, 0, 0], [1, 28, 28, 1]));
      return { ...images[0]!, caption: `${plain[i]} · ${treated[i]}`, marked: treated[i] !== labels[i] };
    });
    return { kind: 'images', title: 'validation images that a network misreads: plain · with remedies', images };
  },
};
