/** A transformation that was fitted to training data. */
export interface Preprocessor<In = never, Out = unknown> {
  /** Transforms values. */
  transform(values: In): Out;
  /** The feature names of the result, given those of the values. By default they are the same. */
  featureNames?(names: readonly string[]): readonly string[];
  /** The parameters, as a JSON value to save with a model; the constructor accepts them. */
  toJSON(): { readonly type: string };
}
