/** What can be drawn in a terminal and as a picture. */
export type Figure = LineFigure | CellFigure | PointFigure;

/** Curves over one axis. */
export interface LineFigure {
  readonly kind: 'lines';
  readonly title: string;
  /** What the axes are, with units. */
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

/** A curve; x rises. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A table of numbers as shades: weights of attention, say. */
export interface CellFigure {
  readonly kind: 'cells';
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Of the columns, along x, and of the rows, along y; names may occur twice. */
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** `[row][column]`, at least 0. */
  readonly values: readonly (readonly number[])[];
}

/** Points with names in a plane: words, say. */
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
