import type { TypedArray } from '@chainrule/tensor';

/** Rows are the true classes, columns the predicted ones. */
export function confusionTable(labels: TypedArray, predictions: TypedArray, classes: number): string {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, i) => counts[label]![predictions[i]!]!++);
  const cell = (value: number | string): string => String(value).padStart(5);
  const all = [...Array(classes).keys()];
  const rows = all.map((k) => `${cell(k)} │${all.map((p) => cell(counts[k]![p] || '·')).join('')}`);
  return [`true\\predicted`, `${' '.repeat(6)} ${all.map(cell).join('')}`, ...rows].join('\n');
}
