// What the page and the worker know of the plane.

/** Half the side of the square plane that the pictures show. */
export const reach = 1.35;
/** The number of places along each side, for which neurons are computed. */
export const places = 48;

export type Point = readonly [x: number, y: number, label: number];

/** A layer with its weights, and a picture of each neuron. */
export interface Layer {
  readonly name: string;
  /** `[from][to]`. */
  readonly kernel: readonly (readonly number[])[];
  readonly bias: readonly number[];
  /** The output of each neuron over the plane, in rows from the top. */
  readonly planes: readonly Float32Array[];
}

/** A neuron in the picture of the network. Column 0 holds the inputs, column i + 1 layer i. */
export interface Place {
  readonly column: number;
  readonly unit: number;
}

/** The inputs x and y over the plane. */
export const inputPlanes: readonly Float32Array[] = [0, 1].map((axis) =>
  Float32Array.from({ length: places * places }, (_, i) => {
    const share = axis === 0 ? i % places : places - 1 - Math.floor(i / places);
    return reach * ((2 * share + 1) / places - 1);
  }),
);

/** How a page calls a neuron. */
export function titleOf(layers: readonly Layer[], { column, unit }: Place): string {
  if (column === 0) return `Input x${unit ? '₂' : '₁'}`;
  if (column >= layers.length) return 'Output';
  return `Neuron ${unit + 1} of hidden layer ${column}`;
}
