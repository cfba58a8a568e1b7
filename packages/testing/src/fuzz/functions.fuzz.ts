import { checkFunction, functionCalls, showFunction } from '../programs/functions.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const fuzzer: Fuzzer = defineFuzzer({
  name: 'functions',
  summary: 'elementwise ops keep their digits and agree on special values, on all backends, with an oracle in float64',
  inputs: functionCalls,
  quick: 60,
  check: checkFunction,
  show: showFunction,
});
export default fuzzer;
