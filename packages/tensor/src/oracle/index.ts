export { evaluateOracle, oracle, type OracleOf, type OracleResult } from './oracle.ts';
