import { argmax, map, scalar as e, sum, type Tensor } from '@chainrule/tensor';

/** NaN for each position that has a NaN among its predictions `[…, classes]`, and 0 for others. */
export function nanOfRows(predictions: Tensor): Tensor {
  return sum(nanOf(predictions), { axis: -1 });
}

/** NaN for each NaN, and 0 for other values. */
export function nanOf(x: Tensor): Tensor {
  return map((v) => e.select(e.eq(v, v), 0, v), [x]);
}

/** Whether the greatest of the predictions `[…, classes]` is at the label. With a NaN among them, none is. */
export function hitsLabel(predictions: Tensor, labels: Tensor): Tensor {
  return map(
    (predicted, label, nan) => e.and(e.eq(predicted, label), e.eq(nan, nan)),
    [argmax(predictions, { axis: -1 }), labels, nanOfRows(predictions)],
  );
}
