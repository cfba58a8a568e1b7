/** Options of all recurrent layers. */
export interface RnnOptions<Sequences extends boolean = boolean> {
  /** Return the output of every step instead of the last. Default false. */
  readonly returnSequences?: Sequences;
  /** Return the last states as well. Default false. */
  readonly returnState?: boolean;
  /** Run from the last step to the first; sequences come in that order. Default false. */
  readonly goBackwards?: boolean;
  /**
   * Keep the last states of a batch of so many samples as the first of the next one: sample i goes on where sample i of the
   * batch before it stopped. By default every batch starts at 0. (Keras: `stateful: true`, and the size with the input.)
   */
  readonly stateful?: number;
  /** Part of the inputs that is dropped while training, one mask for all steps. Default 0. */
  readonly dropout?: number;
  /** Part of the output that steps see dropped while training, one mask for all steps (Gal and Ghahramani 2016). Default 0. */
  readonly recurrentDropout?: number;
  /** Keep the state of every so many steps only, and run the others again for the gradient. By default keep all. */
  readonly checkpointEvery?: number;
  /** Let no gradient pass from a step to the one before it every so many steps: truncated back-propagation through time. By default it passes everywhere. */
  readonly truncateEvery?: number;
  readonly name?: string;
}
