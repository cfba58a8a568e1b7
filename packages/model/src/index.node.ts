export { type EndSignal, onInterrupt } from './callbacks/onInterrupt.node.ts';
export { progressBar, type ProgressBarOptions } from './callbacks/progressBar.node.ts';
export { loadCheckpoint, loadModel, saveCheckpoint, saveModel } from './files/saveModel.node.ts';
