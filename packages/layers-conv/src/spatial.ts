import type { SpatialAxes } from '@chainrule/layers-core';

/** The axes of inputs with so many spatial ones, as messages show them. */
export const layouts: Readonly<Record<SpatialAxes, readonly string[]>> = {
  1: ['batch', 'width', 'channels'],
  2: ['batch', 'height', 'width', 'channels'],
  3: ['batch', 'depth', 'height', 'width', 'channels'],
};
