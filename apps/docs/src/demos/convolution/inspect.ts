import type { Tensor } from 'chainrule';
import type { GivenPictures, LearnedPictures, Picture } from './picture.ts';
import type { start } from './program.ts';

type Run = ReturnType<typeof start>;

/** `axis` is that of the width. */
const pictureOf = ({ shape, data }: Tensor, axis: number): Picture => ({
  width: shape[axis]!,
  values: Float32Array.from(data),
});

export const questions = {
  given: ({ image, kernel, output }: Run): GivenPictures => ({
    image: pictureOf(image, 2),
    kernel: pictureOf(kernel, 1),
    output: pictureOf(output, 2),
  }),
  async learned({ filter, state }: Run): Promise<LearnedPictures> {
    const learned = (await state.kernel.read()) as Tensor;
    return { learned: pictureOf(learned, 1), learnedOutput: pictureOf(filter(learned), 2) };
  },
};
