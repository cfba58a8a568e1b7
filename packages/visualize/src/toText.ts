import { aBoolean, type Checks, integerFrom } from '@chainrule/errors/check';
import { checkedFigure } from './drawOptions.ts';
import type { Figure } from './figure.ts';
import { textBars } from './terminal/textBars.ts';
import { textCategories } from './terminal/textCategories.ts';
import { textCells } from './terminal/textCells.ts';
import { textGraph } from './terminal/textGraph.ts';
import { textImages } from './terminal/textImages.ts';
import { textLines } from './terminal/textLines.ts';
import { textParallel } from './terminal/textParallel.ts';
import { textPoints } from './terminal/textPoints.ts';
import { textSurface } from './terminal/textSurface.ts';
import { textTokens } from './terminal/textTokens.ts';
import { wrap } from './terminal/wrap.ts';

/** Options of {@link toText}. */
export interface TextOptions {
  /** The letters in a line at most, such as `process.stdout.columns`; by default 80. */
  readonly columns?: number;
  /** Whether to color curves by escape sequences; by default false. */
  readonly color?: boolean;
}

const textChecks: Checks<TextOptions> = { columns: integerFrom(20), color: aBoolean };

/**
 * Draws a figure as lines of a terminal.
 *
 * @example
 * const figure: Figure = { kind: 'cells', title: 'weights', x: 'to', y: 'from', columns: ['a', 'b'], rows: ['a', 'b'], values: [[1, 0], [0, 0.5]], scale: 'weight' };
 * toText(figure).split('\n')[1]; // => a │███  
 */
export function toText(figure: Figure, options: TextOptions = {}): string {
  const shown = checkedFigure('toText', figure, options, textChecks);
  const { columns = 80, color = false } = options;
  return linesOf(shown, columns, color).join('\n');
}

function linesOf(figure: Figure, columns: number, color: boolean): string[] {
  switch (figure.kind) {
    case 'lines':
      return textLines(figure, columns, color);
    case 'cells':
      return textCells(figure, columns);
    case 'points':
      return textPoints(figure, columns);
    case 'bars':
      return textBars(figure, columns);
    case 'categories':
      return textCategories(figure, columns);
    case 'surface':
      return textSurface(figure, columns);
    case 'parallel':
      return textParallel(figure, columns);
    case 'tokens':
      return textTokens(figure, columns);
    case 'images':
      return textImages(figure, columns);
    case 'graph':
      return textGraph(figure, columns);
    case 'panels':
      return [
        ...wrap(figure.title, columns),
        ...figure.panels.flatMap((panel) => ['', ...linesOf(panel, columns, color)]),
      ];
  }
}
