import type * as builders from './build.ts';
import type { ScalarOp } from './scalar.ts';

/** Every scalar operation has a builder of its name. */
export const built: Record<ScalarOp, unknown> = {} as typeof builders;
