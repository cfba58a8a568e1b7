import type { Named } from '@chainrule/layers-core';
import type { Shape, Variable } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';

/** A layer's line in the summary. */
export interface SummaryRow {
  readonly path: string;
  readonly type: string;
  readonly shape: Shape;
  /** Undefined until the model is built. */
  readonly variables: readonly Named<Variable>[] | undefined;
}

/** Formats the table of `model.summary()`. */
export function summarize(rows: readonly SummaryRow[]): string {
  const count = (of: readonly SummaryRow[], trainable?: boolean): string => {
    if (of.some(({ variables }) => !variables)) return '?';
    const counted = of
      .flatMap(({ variables }) => variables!)
      .filter(({ value }) => trainable === undefined || value.trainable === trainable);
    return grouped(counted.reduce((n, { value }) => n + sizeOf(value.shape), 0));
  };
  const cells = rows.map((row) => [`${row.path} (${row.type})`, `[?,${row.shape.slice(1).join(',')}]`, count([row])]);
  const head = ['Layer (type)', 'Output shape', 'Param #'];
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    `${row[0]!.padEnd(widths[0]!)}  ${row[1]!.padEnd(widths[1]!)}  ${row[2]!.padStart(widths[2]!)}`;
  const rule = '─'.repeat(widths.reduce((a, b) => a + b, 4));
  return [
    line(head),
    rule,
    ...cells.map(line),
    rule,
    `Total params: ${count(rows)}`,
    `Trainable params: ${count(rows, true)}`,
    `Non-trainable params: ${count(rows, false)}`,
  ].join('\n');
}

function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
