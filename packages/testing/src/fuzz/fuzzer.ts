import type fc from 'fast-check';

/** What one input may cost. An input that takes more fails the run. */
export interface InputLimits {
  readonly seconds: number;
  /** Growth of the process' resident memory. */
  readonly megabytes: number;
}

/** A property that `npm run fuzz` tries on random inputs. */
export interface Fuzzer<Input> {
  /** The name on the command line, such as `programs`. */
  readonly name: string;
  /** One sentence for `npm run fuzz -- --help`. */
  readonly summary: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** Throws if the property does not hold. */
  readonly check: (input: Input) => void | Promise<void>;
  /** The input as a developer wants to see it in a report; by default fast-check's own text. */
  readonly show?: (input: Input) => string;
  /** Default: 10 seconds, 1,000 MB. */
  readonly limits?: InputLimits;
}

/**
 * Declares a fuzzer. One file `packages/testing/src/fuzz/NAME.fuzz.ts` holds one, as its default export; `fuzzers.ts`
 * lists them.
 *
 * @example
 * export default defineFuzzer({ name: 'numbers', summary: '…', inputs: fc.double(), check: (x) => expect(x).toEqual(x) });
 */
export function defineFuzzer<Input>(fuzzer: Fuzzer<Input>): Fuzzer<Input> {
  return fuzzer;
}
