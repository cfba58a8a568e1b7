export { backupAndRestore, type BackupAndRestoreOptions, type Resumable } from './callbacks/backupAndRestore.node.ts';
export { csvLogger, type CsvLoggerOptions } from './callbacks/csvLogger.node.ts';
export { type EndSignal, onInterrupt } from './callbacks/onInterrupt.node.ts';
export { progressBar, type ProgressBarOptions } from './callbacks/progressBar.node.ts';
export { loadCheckpoint, loadModel, saveCheckpoint, saveModel } from './files/saveModel.node.ts';
