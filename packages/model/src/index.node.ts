export { loadCheckpoint, loadModel, saveCheckpoint, saveModel } from './saveModel.node.ts';
