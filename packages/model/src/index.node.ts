export { type EndSignal, onInterrupt } from './onInterrupt.node.ts';
export { progressBar, type ProgressBarOptions } from './progressBar.node.ts';
export { loadCheckpoint, loadModel, saveCheckpoint, saveModel } from './saveModel.node.ts';
