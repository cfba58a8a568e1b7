import type { CsvTable } from '@chainrule/data-loaders';
import type { ConfusionMatrix } from '@chainrule/metrics';
import type { EpochLogs, Model } from '@chainrule/model';
import { reshape, Tensor } from '@chainrule/tensor';
import type { Figure } from '../figure.ts';
import { plotConfusionMatrix } from '../figures/plotConfusionMatrix.ts';
import { plotHeatMap } from '../figures/plotHeatMap.ts';
import { plotHistory } from '../figures/plotHistory.ts';
import { plotImages } from '../figures/plotImages.ts';
import { toSvg } from '../toSvg.node.ts';
import { toText } from '../toText.ts';

/** What a notebook shows of a value: contents by their MIME types. It takes the one that it likes best. */
export type MimeBundle = Readonly<Record<string, string>>;

/** A figure: inline in the page, whose text color it takes, as a picture of its own, and as text. */
export function displayFigure(figure: Figure): MimeBundle {
  return {
    'text/html': toSvg(figure, { theme: 'auto' }),
    'image/svg+xml': toSvg(figure, { theme: 'light' }),
    'text/plain': toText(figure),
  };
}

export function displayHistory(history: readonly EpochLogs[]): MimeBundle {
  return displayFigure(plotHistory(history));
}

export function displayConfusionMatrix(confusion: ConfusionMatrix): MimeBundle {
  return displayFigure(plotConfusionMatrix(confusion));
}

/** The largest number of elements that becomes a picture. */
const mostElements = 1 << 22;

/** An image, a sheet of images, a heat map of a table, or the text for tensors of other ranks and for empty, large and symbolic ones. */
export async function displayTensor(t: Tensor): Promise<MimeBundle> {
  const text = { 'text/plain': String(t) };
  if (t['~scope'] || t.size === 0 || t.size > mostElements) return text;
  // On the host, whatever device holds the values.
  const figure = figureOfTensor(new Tensor(t.shape, t.dtype, await t.read()));
  return figure ? { ...displayFigure(figure), ...text } : text;
}

function figureOfTensor(t: Tensor): Figure | undefined {
  const title = `${t.dtype} [${t.shape.join(',')}]`;
  const channels = t.shape.at(-1) ?? 0;
  const isColor = [1, 3, 4].includes(channels);
  if (t.rank === 2) return plotHeatMap(t, { title });
  if (t.rank === 3) return plotImages(isColor ? reshape(t, [1, ...t.shape]) : t, { title });
  return t.rank === 4 && isColor ? plotImages(t, { title }) : undefined;
}

export function displayTable(table: CsvTable): MimeBundle {
  const shown = Array.from({ length: Math.min(10, table.size) }, (_, row) => row);
  const columns = table.columns.map((name) => table.text(name).slice(0, shown.length));
  const row = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return {
    'text/html': `<table>${row('th', table.columns)}${shown
      .map((i) =>
        row(
          'td',
          columns.map((cells) => cells[i]!),
        ),
      )
      .join('')}</table><p>${table.size} rows, ${table.columns.length} columns</p>`,
    'text/plain': String(table),
  };
}

export function displayModel(model: Model): MimeBundle {
  return { 'text/html': `<pre>${escape(model.summary())}</pre>`, 'text/plain': model.summary() };
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
