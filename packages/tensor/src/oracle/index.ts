export { evaluateOracle, oracle, type OracleOf, type OracleResult } from './oracle.ts';
export { specialCases, specialNumbers } from './specialValues.ts';
