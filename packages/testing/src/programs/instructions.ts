import { elementwise } from './elementwise.ts';
import type { Instruction } from './instruction.ts';
import { layouts } from './layouts.ts';
import { lookups } from './lookups.ts';
import { loops } from './loops.ts';
import { reductions } from './reductions.ts';
import { state } from './state.ts';
import { windows } from './windows.ts';

/** The instructions of random programs, by name. */
export const instructions: ReadonlyMap<string, Instruction> = new Map(
  Object.entries({ ...elementwise, ...reductions, ...layouts, ...lookups, ...windows, ...loops, ...state }),
);
