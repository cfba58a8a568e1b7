export {
  aBoolean,
  aCount,
  aFiniteNumber,
  aFunction,
  anInteger,
  aNumber,
  anything,
  aPath,
  aString,
  belowOne,
  type Check,
  type Checks,
  checkThat,
  importedFrom,
  integerFrom,
  isPromise,
  listOf,
  nonNegative,
  numberThat,
  oneOf,
  optional,
  positive,
  refuse,
  upToOne,
} from './check.ts';
export { isPlain } from '../show.ts';
export { foreignMethods } from './foreignMethods.ts';
export { checkOptions } from './checkOptions.ts';
