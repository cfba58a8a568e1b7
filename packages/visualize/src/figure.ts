/** A figure: plain data, which `toSvg`, `toElement`, `toPng` and `toText` draw. */
export type Figure =
  | LineFigure
  | CellFigure
  | PointFigure
  | BarFigure
  | CategoryFigure
  | SurfaceFigure
  | TokenFigure
  | ParallelFigure
  | ImageFigure
  | GraphFigure
  | PanelFigure;

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
  /** The scale of the x axis, by default linear, too. */
  readonly xScale?: 'linear' | 'log';
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
  /** Dashed lines behind the points, such as the diagonal of a regression. */
  readonly lines?: readonly Path[];
}

/** From a number to a larger one. */
export type Range = readonly [from: number, to: number];

/** A rectangle of the plane in cells. */
export interface Regions {
  readonly x: Range;
  readonly y: Range;
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

/** A bar from 0 to the right, or to the left where a number is negative, for each name. */
export interface CategoryFigure extends FigureBase {
  readonly kind: 'categories';
  /** The title of the axis of the numbers. */
  readonly x: string;
  /** What the names are. */
  readonly y: string;
  /** From top to bottom. Names may repeat. */
  readonly names: readonly string[];
  /** A number for each name, in one group or several. NaN and infinities have no bar. */
  readonly bars: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** Heights over a rectangle of the plane as contours, such as a loss over two weights. */
export interface SurfaceFigure extends FigureBase {
  readonly kind: 'surface';
  readonly x: string;
  readonly y: string;
  readonly heights: Heights;
  /** What the heights are: the title of the color scale. */
  readonly scale: string;
  /** How the levels of the contours follow each other, by default linear. Logarithmic levels leave out heights of 0 and less. */
  readonly levels?: 'linear' | 'log';
  /** Curves on the surface, such as the steps of optimizers. */
  readonly paths?: readonly Path[];
}

/** Heights at the centers of the cells of a rectangle. */
export interface Heights {
  readonly x: Range;
  readonly y: Range;
  /** `[row][column]` from the upper left corner. NaN and infinities are gaps. */
  readonly values: readonly (readonly number[])[];
}

/** A curve through points. On a surface, its start and its end are marked, and parts outside of the rectangle are left out. */
export interface Path {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Words in reading order, on a color by their weight. */
export interface TokenFigure extends FigureBase {
  readonly kind: 'tokens';
  readonly tokens: readonly string[];
  /** One for each token. NaN has no color. Where weights are negative, 0 is the middle of the color scale. */
  readonly weights: readonly number[];
  /** What the weights are: the title of the color scale. */
  readonly scale: string;
}

/** A line for each trial across axes side by side; the last axis also gives the colors. */
export interface ParallelFigure extends FigureBase {
  readonly kind: 'parallel';
  /** The last one has numbers. */
  readonly axes: readonly ParallelAxis[];
  /** Which numbers of the last axis have the strongest color. */
  readonly best: 'greatest' | 'least';
}

/** The values of all trials: numbers, or texts, which are places in order of appearance. NaN is a gap. */
export interface ParallelAxis {
  readonly name: string;
  readonly values: readonly (number | string)[];
  /** How numbers are placed, by default linear. */
  readonly scale?: 'linear' | 'log';
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

/** Boxes and the arrows between them, such as the layers of a model. */
export interface GraphFigure extends FigureBase {
  readonly kind: 'graph';
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** The groups in the order of their colors; by default in order of appearance. */
  readonly groups?: readonly string[];
  /** Where arrows point, by default down. A graph that is too wide for `right` points down, too. */
  readonly direction?: 'down' | 'right';
}

/** A box. */
export interface GraphNode {
  readonly title: string;
  /** The texts below the title. */
  readonly lines?: readonly string[];
  /** What it belongs to: each group has a color and an entry in the legend. */
  readonly group?: string;
}

/** An arrow between two boxes, which are the numbers of `nodes`, from 0. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly label?: string;
}

/** Figures side by side. */
export interface PanelFigure<F extends Figure = Figure> extends FigureBase {
  readonly kind: 'panels';
  readonly panels: readonly F[];
  /** The panels in a row, however narrow the picture is: a grid. By default two, or one where two have no room. */
  readonly columns?: number;
}

/** What figures of the functions `plot…` inherit; the notebook entry gives it a display. */
export const figurePrototype: object = {};

/** Makes a figure of its data. */
export function figureOf<F extends Figure>(data: F): F {
  return Object.assign(Object.create(figurePrototype) as object, data);
}
