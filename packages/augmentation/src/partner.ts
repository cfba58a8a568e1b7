import { DTypeError, OptionError } from '@chainrule/errors';
import { cast, map, scalar as e, type Tensor } from '@chainrule/tensor';
import type { ImageBatch } from './imageBatch.ts';
import { partnersOf } from './pairs.ts';
import { perRow } from './values.ts';

/** Checks that images can be mixed: labels are shares of classes, and nothing else belongs to them. */
export function checkMixable(op: string, { masks, boxes, labels }: ImageBatch): void {
  if (masks || boxes)
    throw new OptionError(`${op}: a batch must have images and labels only, got ${masks ? 'masks' : 'boxes'}`);
  if (labels && labels.dtype !== 'float32' && labels.dtype !== 'float64')
    throw new DTypeError(
      `${op}: \`labels\` must be shares of classes in float32 or float64, got ${labels.dtype}; make them with \`oneHot\``,
    );
}

/** λ · labels + (1 − λ) · the partners' labels; nothing for a batch without labels. */
export function mixedLabels({ labels }: ImageBatch, share: Tensor): { labels?: Tensor } {
  if (!labels) return {};
  const own = cast(perRow(share, labels.rank), labels.dtype);
  return {
    labels: map((y, other, s) => e.add(other, e.mul(s, e.sub(y, other))), [labels, partnersOf(labels), own]),
  };
}
