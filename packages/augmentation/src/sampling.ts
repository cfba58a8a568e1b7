import { type Checks, checkOptions } from '@chainrule/errors/check';
import type { FillMode, Interpolation } from '@chainrule/tensor';
import { sampleChecks } from '@chainrule/tensor/graph';

/** How a geometric augmentation fills the space between pixels and beyond borders. */
export interface SamplingOptions {
  /**
   * Beyond the borders: 'reflect' (default) mirrors the image, 'nearest' repeats its border, 'wrap' starts at its other
   * side, 'constant' shows `fillValue`.
   */
  readonly fillMode?: FillMode;
  /** Between pixels: 'bilinear' (default) or 'nearest'. */
  readonly interpolation?: Interpolation;
  /** Default 0. */
  readonly fillValue?: number;
}

/** {@link SamplingOptions}, all given. */
export type Sampling = Required<SamplingOptions>;

/** Checks the options of a geometric augmentation and fills in the defaults. */
export function samplingOf(op: string, options: SamplingOptions, fillMode: FillMode = 'reflect'): Sampling {
  const checks: Checks<SamplingOptions> = sampleChecks;
  checkOptions(op, options, checks);
  return { fillMode, interpolation: 'bilinear', fillValue: 0, ...withoutUndefined(options) };
}

/** Only the options that were given. */
function withoutUndefined(options: SamplingOptions): SamplingOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Returns true if two changes can share one sampling. */
export function sameSampling(a: Sampling, b: Sampling): boolean {
  return a.fillMode === b.fillMode && a.interpolation === b.interpolation && a.fillValue === b.fillValue;
}
