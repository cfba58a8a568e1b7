import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { around, type Matrix } from './matrix.ts';

/** Cosine and sine of an angle in turns, exact for multiples of a quarter. */
export function cosineAndSine(turns: Tensor): readonly [Tensor, Tensor] {
  const part = (ofQuarter: (k: e.Scalar, cosine: e.Scalar, sine: e.Scalar) => e.Scalar): Tensor =>
    map(
      (t) => {
        const quarters = e.floor(e.add(e.mul(4, t), 0.5));
        const angle = e.mul(2 * Math.PI, e.sub(t, e.mul(0.25, quarters)));
        const k = e.sub(quarters, e.mul(4, e.floor(e.mul(0.25, quarters))));
        return e.add(0, ofQuarter(k, e.cos(angle), e.sin(angle)));
      },
      [turns],
    );
  const cosine = part((k, c, s) =>
    e.select(e.eq(k, 0), c, e.select(e.eq(k, 1), e.neg(s), e.select(e.eq(k, 2), e.neg(c), s))),
  );
  const sine = part((k, c, s) =>
    e.select(e.eq(k, 0), s, e.select(e.eq(k, 1), c, e.select(e.eq(k, 2), e.neg(s), e.neg(c)))),
  );
  return [cosine, sine];
}

/**
 * The matrix of a counterclockwise rotation by `turns` around the center of an image, as seen on screen. If one side is even and
 * the other odd, quarter turns are around a point half a pixel above the center: pixels then fall on pixels.
 */
export function rotationMatrix(turns: Tensor, [height, width]: readonly [number, number]): Matrix {
  const [c, s] = cosineAndSine(turns);
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const isEven = (height - width) % 2 === 0;
  const row = isEven ? cy : map((cosine) => e.cast(e.select(e.eq(cosine, 0), cy - 0.5, cy), c.dtype), [c]);
  return around([c, map((v) => e.neg(v), [s]), s, c], [cx, row]);
}
