import fc from 'fast-check';

/** The limits of one input. An input that exceeds them fails. */
export interface InputLimits {
  /** The limit ends endless loops and does not measure speed, so leave room for a busy machine. */
  readonly seconds: number;
  /** Growth of the process' resident memory. */
  readonly megabytes: number;
}

/** A property that `npm run fuzz` tries on random inputs. */
export interface FuzzerOptions<Input> {
  /** The name on the command line, such as `programs`. */
  readonly name: string;
  /** One sentence for `npm run fuzz -- --help`. */
  readonly summary: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** Throws if the property does not hold. Must be deterministic. */
  readonly check: (input: Input) => void | Promise<void>;
  /** Shows an input in a report. Default: the text of fast-check. */
  readonly show?: (input: Input) => string;
  /** Default: 10 seconds, 1,000 MB. */
  readonly limits?: InputLimits;
  /** How many inputs `npm test` tries; `npm run test:long` tries 40 times as many. Default 20. */
  readonly quick?: number;
}

/** Where a search starts; see fast-check's parameters. */
export interface SearchStart {
  readonly seed: number;
  /** Only the input at this path, as a failure prints it. */
  readonly path?: string | undefined;
  /** The number of inputs. Default: no limit. */
  readonly runs?: number;
  /** The time for shrinking a failure. Default: a minute. */
  readonly shrinkMs?: number;
}

/** The smallest input that fails. */
export interface Failure {
  readonly path: string;
  readonly shrinks: number;
  readonly shown: string;
  readonly error: string;
}

/** A fuzzer that hides the type of its inputs, so that one list holds all fuzzers. */
export interface Fuzzer {
  readonly name: string;
  readonly summary: string;
  readonly limits: InputLimits;
  readonly quick: number;
  /** Checks inputs until one fails, then shrinks it. `around` runs each check; the input fails if `around` throws. */
  readonly search: (
    start: SearchStart,
    around: (check: () => void | Promise<void>) => Promise<void>,
  ) => Promise<Failure | undefined>;
}

/** The largest number of runs that fast-check accepts. */
const endless = 2 ** 31 - 1;

/**
 * Declares a fuzzer. One file `packages/testing/src/fuzz/NAME.fuzz.ts` holds one, as its default export; `fuzzers.ts`
 * lists them.
 *
 * @example
 * import fc from 'fast-check';
 * const fuzzer: Fuzzer = defineFuzzer({ name: 'numbers', summary: '…', inputs: fc.double(), check: (x) => expect(x).toEqual(x) });
 */
export function defineFuzzer<Input>({
  name,
  summary,
  inputs,
  check,
  show = fc.stringify,
  limits = { seconds: 10, megabytes: 1000 },
  quick = 20,
}: FuzzerOptions<Input>): Fuzzer {
  return {
    name,
    summary,
    limits,
    quick,
    async search({ seed, path, runs = endless }, around) {
      const property = fc.asyncProperty(inputs, (input) => around(() => check(input)));
      const found = await fc.check(property, {
        seed,
        numRuns: path === undefined ? runs : 1,
        ...(path !== undefined && { path }),
      });
      if (!found.failed) return undefined;
      if (!found.counterexample)
        return {
          path: '',
          shrinks: 0,
          shown: 'none',
          error: `fast-check skipped ${found.numSkips} inputs; let \`inputs\` make fewer that the check skips`,
        };
      return {
        path: found.counterexamplePath,
        shrinks: found.numShrinks,
        shown: show(found.counterexample[0]),
        error: textOf(found.errorInstance),
      };
    },
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
