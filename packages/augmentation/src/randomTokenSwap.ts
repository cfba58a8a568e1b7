import { checkOptions, integerFrom } from '@chainrule/errors/check';
import { cast, map, scalar as e, slice, sum, takeAlongAxis, type Tensor } from '@chainrule/tensor';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { isToken, placesOf, type TokenOptions, tokenChecks } from './tokens.ts';

const fromZero = /* @__PURE__ */ integerFrom(0);

/**
 * Exchanges two random tokens of texts `[batch, time]`, several times (Wei and Zou 2019). Padding must be at the end.
 *
 * @param count - how often; default 1
 * @throws OptionError for a count that is not an integer of at least 0
 * @example
 * const ids = tensor([[5, 6, 7, 0]], undefined, 'int32');
 * randomTokenSwap(2)(ids, new Generator(1)).data.filter((id) => id > 0).sort(); // => 5,6,7
 */
export function randomTokenSwap(count = 1, options: TokenOptions = {}): Augmentation {
  fromZero('randomTokenSwap', 'count', count);
  checkOptions('randomTokenSwap', options, tokenChecks);
  const { padId = 0 } = options;
  return defineAugmentation({
    type: 'randomTokenSwap',
    kind: 'texts',
    args: [count, options],
    apply(scene) {
      const ids = scene.fields.images;
      const draws = scene.draw([2 * count]);
      if (ids.size === 0 || count === 0) return scene;
      const length = sum(cast(isToken(ids, padId), 'int32'), 1, { keepDims: true });
      const place = (k: number): Tensor =>
        map(
          (u, n) => e.max(0, e.min(e.sub(n, 1), e.cast(e.floor(e.mul(u, e.cast(n, 'float32'))), 'int32'))),
          [slice(draws, [0, k], [scene.batch, 1]), length],
        );
      const swaps = Array.from({ length: count }, (_, k) => [place(2 * k), place(2 * k + 1)] as const);
      return scene.with({ images: swaps.reduce((now, [a, b]) => swapped(now, a, b), ids) });
    },
  });
}

/** The rows with the tokens at two places `[batch, 1]` exchanged. */
function swapped(ids: Tensor, a: Tensor, b: Tensor): Tensor {
  const at = (place: Tensor): Tensor => takeAlongAxis(ids, place, 1);
  return map(
    (id, i, first, second, ofFirst, ofSecond) =>
      e.select(e.eq(i, first), ofSecond, e.select(e.eq(i, second), ofFirst, id)),
    [ids, placesOf(ids), a, b, at(a), at(b)],
  );
}
