export { type EventWriter, openEventWriter } from './eventWriter.node.ts';
export { tensorBoard, type TensorBoardOptions } from './tensorBoard.node.ts';
