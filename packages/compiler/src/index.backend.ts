// `@chainrule/compiler/backend`: for authors of backends.
export { describeGraph } from './graph/describe.ts';
export { fuse } from './passes/fuse.ts';
export { median, showProfile } from './backend/profile.ts';
export { simplify } from './passes/simplify.ts';
export { type Access, type Arena, type Buffer, placeBuffers } from './plan/arena.ts';
export { isContiguous, type StridedView } from './plan/stridedView.ts';
export { planGraph, type PlanOptions } from './plan/planner.ts';
export type { LoopStep, NodeStep, Plan, ScanPartition, ScanStep, PlanStep } from './plan/planStep.ts';
