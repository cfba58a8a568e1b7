/** A figure: plain data, which `toSvg`, `toElement`, `toPng` and `toText` draw. */
export type Figure = LineFigure | CellFigure | PointFigure | BarFigure | ImageFigure | PanelFigure;

interface FigureBase {
  readonly title: string;
  /** The text alternative. By default the outputs write one from the data. */
  readonly description?: string;
}

/** Curves over one axis. */
export interface LineFigure extends FigureBase {
  readonly kind: 'lines';
  /** The axis titles, with units. */
  readonly x: string;
  readonly y: string;
  /** The scale of the y axis, by default linear. A logarithmic axis leaves out numbers of 0 and less. */
  readonly scale?: 'linear' | 'log';
  readonly series: readonly Series[];
}

/** A curve. Points that are NaN or infinite are gaps. */
export interface Series {
  readonly name: string;
  /** In the order of x. */
  readonly points: readonly Point[];
  /** Whether the line is dashed. */
  readonly dashed?: boolean;
  /** The number of its color, from 0. By default each series has its own. */
  readonly color?: number;
  /** An interval around the curve, such as that of a forecast, in the order of x. */
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
}

export type Point = readonly [x: number, y: number];

/** A table of numbers as colors, such as attention weights. */
export interface CellFigure extends FigureBase {
  readonly kind: 'cells';
  readonly x: string;
  readonly y: string;
  /** Labels of the columns, along x, and of the rows, along y. Labels may repeat. */
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** `[row][column]`. NaN leaves a cell empty. Where numbers are negative, 0 is the middle of the color scale. */
  readonly values: readonly (readonly number[])[];
  /** What the values are: the title of the color scale. */
  readonly scale: string;
  /** The texts in the cells, if they have room for them. */
  readonly labels?: readonly (readonly string[])[];
}

/** Points in a plane, such as words or samples. */
export interface PointFigure extends FigureBase {
  readonly kind: 'points';
  readonly x: string;
  readonly y: string;
  readonly points: readonly NamedPoint[];
  /** The groups in the order of their colors; by default in order of appearance. */
  readonly groups?: readonly string[];
  /** What belongs to which group behind the points. */
  readonly regions?: Regions;
}

/** A rectangle of the plane in cells. */
export interface Regions {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  /** `[row][column]` from the upper left corner: numbers of groups. */
  readonly groups: readonly (readonly number[])[];
}

export interface NamedPoint {
  readonly x: number;
  readonly y: number;
  /** The text beside it. */
  readonly name?: string;
  /** What it belongs to, such as a class: each group has a color and an entry in the legend. */
  readonly group?: string;
}

/** Bars over bins side by side: a histogram. */
export interface BarFigure extends FigureBase {
  readonly kind: 'bars';
  readonly x: string;
  readonly y: string;
  /** The edges of the bins, rising; one more than bins. */
  readonly edges: readonly number[];
  /** The height of each bin, for one group or several. */
  readonly bars: readonly { readonly name: string; readonly counts: readonly number[] }[];
}

/** Images in rows, each with a caption. */
export interface ImageFigure extends FigureBase {
  readonly kind: 'images';
  readonly images: readonly Picture[];
}

/** The pixels of an image. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 for gray, 3 for red, green and blue, 4 with alpha. */
  readonly channels: 1 | 3 | 4;
  /** `height × width × channels`, row by row. */
  readonly data: Uint8Array;
  readonly caption: string;
  /** Whether the caption stands out, such as that of a wrong prediction. */
  readonly marked?: boolean;
}

/** Figures side by side. */
export interface PanelFigure<F extends Figure = Figure> extends FigureBase {
  readonly kind: 'panels';
  readonly panels: readonly F[];
}

/** What figures of the functions `plot…` inherit; the notebook entry gives it a display. */
export const figurePrototype: object = {};

/** Makes a figure of its data. */
export function figureOf<F extends Figure>(data: F): F {
  return Object.assign(Object.create(figurePrototype) as object, data);
}
