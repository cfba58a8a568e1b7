export { lstm, type LstmOptions } from './lstm.ts';
export { lstmCell, type LstmState } from './lstmCell.ts';
