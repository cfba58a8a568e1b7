export { removeDeadDrafts } from './drafts.node.ts';
export { realPath } from './realPath.node.ts';
export { withLock } from './withLock.node.ts';
export { writeAtomically } from './writeAtomically.node.ts';
