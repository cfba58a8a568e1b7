import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { CellFigure, Figure, LineFigure, PointFigure } from './figure.ts';

/** The figure as the text of an SVG file. */
export function svgFigure(figure: Figure): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const common = { document: document, style: { background: 'white', fontFamily: 'sans-serif' } };
  const svg = Plot.plot({ ...common, ...optionsOf(figure) });
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${svg.outerHTML}\n`;
}

function optionsOf(figure: Figure): Plot.PlotOptions {
  switch (figure.kind) {
    case 'lines':
      return lines(figure);
    case 'cells':
      return cells(figure);
    case 'points':
      return points(figure);
  }
}

const heading = (title: string): Plot.Markish =>
  Plot.text([title], { frameAnchor: 'top-left', dy: -24, fontSize: 14, fontWeight: 'bold' });

function lines({ title, x, y, series }: LineFigure): Plot.PlotOptions {
  const rows = series.flatMap(({ name, points: all }) => all.map(([at, value]) => ({ name, at, value })));
  return {
    width: 720,
    height: 400,
    marginTop: 40,
    marginRight: 140,
    x: { label: x, labelAnchor: 'center' },
    y: { label: y, grid: true },
    color: { domain: series.map(({ name }) => name), scheme: 'Observable10' },
    marks: [
      heading(title),
      // Labels beside the frame. A legend by Plot would be HTML around the picture.
      Plot.line(rows, { x: 'at', y: 'value', stroke: 'name', strokeWidth: 1.5 }),
      ...series.map(({ name }, i) =>
        Plot.text([{ name }], {
          text: 'name',
          fill: 'name',
          frameAnchor: 'top-right',
          textAnchor: 'start',
          dx: 10,
          dy: 16 * i,
        }),
      ),
    ],
  };
}

function cells({ title, x, y, columns, rows, values }: CellFigure): Plot.PlotOptions {
  const all = values.flatMap((row, i) => row.map((value, j) => ({ i, j, value })));
  return {
    width: 120 + 44 * columns.length,
    height: 140 + 28 * rows.length,
    marginTop: 100,
    marginLeft: 110,
    x: {
      label: x,
      axis: 'top',
      type: 'band',
      domain: columns.map((_, j) => j),
      tickFormat: (j: number) => columns[j]!,
      tickRotate: -35,
    },
    y: { label: y, type: 'band', domain: rows.map((_, i) => i), tickFormat: (i: number) => rows[i]! },
    color: { scheme: 'Blues', domain: [0, Math.max(...all.map(({ value }) => value), 1e-9)] },
    marks: [
      Plot.text([title], { frameAnchor: 'top-left', dy: -86, dx: -100, fontSize: 14, fontWeight: 'bold' }),
      Plot.cell(all, { x: 'j', y: 'i', fill: 'value', inset: 0.5 }),
    ],
  };
}

function points({ title, x, y, points: all }: PointFigure): Plot.PlotOptions {
  return {
    width: 720,
    height: 560,
    marginTop: 40,
    x: { label: x },
    y: { label: y, grid: true },
    marks: [
      heading(title),
      Plot.dot(all, { x: 'x', y: 'y', r: 2, fill: 'steelblue' }),
      Plot.text(all, { x: 'x', y: 'y', text: 'name', dy: -8 }),
    ],
  };
}
