export { searchFile } from './search/searchFile.node.ts';
