/** Names of the axes of `[batch, ...spatial, channels]` by the number of spatial axes. */
export interface Layouts {
  readonly 1: readonly ['batch', 'width', 'channels'];
  readonly 2: readonly ['batch', 'height', 'width', 'channels'];
  readonly 3: readonly ['batch', 'depth', 'height', 'width', 'channels'];
}

export const layouts: Layouts = {
  1: ['batch', 'width', 'channels'],
  2: ['batch', 'height', 'width', 'channels'],
  3: ['batch', 'depth', 'height', 'width', 'channels'],
};

/** An option for spatial axes: one number for all, or one for each. */
export type Numbers = number | readonly number[];
