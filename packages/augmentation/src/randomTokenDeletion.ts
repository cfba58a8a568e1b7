import { checkOptions, upToOne } from '@chainrule/errors/check';
import { argsort, map, max, scalar as e, takeAlongAxis } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { isToken, placesOf, type TokenOptions, tokenChecks } from './tokens.ts';

/**
 * Deletes random tokens of texts `[batch, time]`. The others move together, and padding fills the end. At least one token
 * of each text stays, as in EDA (Wei and Zou 2019).
 *
 * @param p - the probability of a token, in [0, 1]; default 0.1
 * @throws OptionError if `p` is not a probability
 * @example
 * const ids = tensor([[5, 6, 7, 0]], undefined, 'int32');
 * randomTokenDeletion(0.4)(ids, new Generator(3)).toArray(); // => 7,0,0,0
 */
export function randomTokenDeletion(p = 0.1, options: TokenOptions = {}): Augmentation {
  upToOne('randomTokenDeletion', 'p', p);
  checkOptions('randomTokenDeletion', options, tokenChecks);
  const { padId = 0 } = options;
  return defineAugmentation({
    type: 'randomTokenDeletion',
    kind: 'texts',
    args: [p, options],
    apply(scene) {
      const ids = scene.fields.images;
      const time = ids.shape[1];
      const draws = scene.draw([time]);
      if (ids.size === 0) return scene;
      const real = isToken(ids, padId);
      const chances = map((isReal, u) => e.select(isReal, u, -1), [real, draws]);
      const best = max(chances, 1, { keepDims: true });
      const stays = map((isReal, u, most) => e.and(isReal, e.or(e.le(p, u), e.eq(u, most))), [real, chances, best]);
      const rank = map((isKept, i) => e.select(isKept, i, e.add(i, time)), [stays, placesOf(ids)]);
      const kept = map((id, isKept) => e.select(isKept, id, padId), [ids, stays]);
      return scene.with({
        images: takeAlongAxis(kept, argsort(rank, { axis: 1 }), 1),
      });
    },
  });
}
