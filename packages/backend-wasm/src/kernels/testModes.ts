import { features } from '../features.ts';
import type { Mode } from './testKernel.ts';

/** The modes that this machine runs. */
export const modes: readonly Mode[] = features().relaxed ? ['simd', 'relaxed', 'scalar'] : ['simd', 'scalar'];
