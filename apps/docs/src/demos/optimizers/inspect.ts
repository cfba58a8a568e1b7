import { tensor } from 'chainrule';
import { places, reach } from './plane.ts';
import type { start } from './program.ts';

type Run = ReturnType<typeof start>;

const grid = tensor(
  Array.from({ length: places * places }, (_, i) => [
    reach * ((2 * (i % places) + 1) / places - 1),
    -reach * ((2 * Math.floor(i / places) + 1) / places - 1),
  ]),
);

export const questions = {
  /** The heights of the surface, in rows from the top. */
  heights: (run: Run): Float32Array => Float32Array.from(run.height(grid).data),
};
