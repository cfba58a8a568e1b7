export {
  aBoolean, aCount, aFiniteNumber, aFunction, anInteger, aNumber, anything, aString, belowOne, type Check, type Checks, checkThat, importedFrom, integerFrom, isPromise, listOf,
  nonNegative, numberThat, oneOf, optional, positive, refuse, upToOne,
} from './check.ts';
export { checkOptions } from './checkOptions.ts';
