export { fileLines } from './fileLines.node.ts';
