/** What was fitted to training data, and changes other data in the same way. */
export interface Preprocessor<In = never, Out = unknown> {
  /** The changed values. */
  transform(values: In): Out;
  /** The names of the features of the result, given those of the values. By default they are the same. */
  featureNames?(names: readonly string[]): readonly string[];
  /** A JSON value, to be kept with a model, from which the constructor makes the preprocessor again. */
  toJSON(): { readonly type: string };
}
