import { anInteger, checkOptions, upToOne } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { isToken, type TokenOptions, tokenChecks } from './tokens.ts';

/**
 * Replaces random tokens of texts `[batch, time]` by a mask.
 *
 * @param maskId - the id of the mask, such as a tokenizer's `[MASK]`
 * @param p - the probability of a token, in [0, 1]; default 0.15, as in BERT (Devlin et al. 2019)
 * @throws OptionError if `p` is not a probability or `maskId` not an integer
 * @example
 * const ids = tensor([[5, 6, 7, 0]], undefined, 'int32');
 * randomTokenMasking(1, 1)(ids, new Generator(1)).toArray(); // => [[1,1,1,0]]
 */
export function randomTokenMasking(maskId: number, p = 0.15, options: TokenOptions = {}): Augmentation {
  anInteger('randomTokenMasking', 'maskId', maskId);
  upToOne('randomTokenMasking', 'p', p);
  checkOptions('randomTokenMasking', options, tokenChecks);
  const { padId = 0 } = options;
  return defineAugmentation({
    type: 'randomTokenMasking',
    kind: 'texts',
    args: [maskId, p, options],
    apply(scene) {
      const ids = scene.fields.images;
      const draws = scene.draw(ids.shape.slice(1));
      const masked = map(
        (id, isReal, u) => e.select(e.and(isReal, e.lt(u, p)), maskId, id),
        [ids, isToken(ids, padId), draws],
      );
      return scene.with({ images: masked });
    },
  });
}
