import { features } from '../src/platform/features.ts';
import type { Mode } from './kernel.ts';

/** The modes that this machine runs. */
export const modes: readonly Mode[] = features().relaxed ? ['simd', 'relaxed', 'scalar'] : ['simd', 'scalar'];
