/** Figures that can be drawn in a terminal and as a picture. */
export type Figure = LineFigure | CellFigure | PointFigure;

/** Curves over one axis. */
export interface LineFigure {
  readonly kind: 'lines';
  readonly title: string;
  /** The axis titles, with units. */
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

/** A curve; x rises. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A table of numbers as shades, such as attention weights. */
export interface CellFigure {
  readonly kind: 'cells';
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Labels of the columns, along x, and of the rows, along y. Labels may repeat. */
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** `[row][column]`, at least 0. */
  readonly values: readonly (readonly number[])[];
}

/** Named points in a plane, such as words. */
export interface PointFigure {
  readonly kind: 'points';
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly points: readonly { readonly name: string; readonly x: number; readonly y: number }[];
}

/** A curve of values at 1, 2, … */
export function counted(name: string, values: readonly number[]): Series {
  return { name, points: values.map((value, i) => [i + 1, value] as const) };
}
