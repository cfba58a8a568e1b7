export { progressBar, type ProgressBarOptions } from './progressBar.node.ts';
export { loadCheckpoint, loadModel, saveCheckpoint, saveModel } from './saveModel.node.ts';
