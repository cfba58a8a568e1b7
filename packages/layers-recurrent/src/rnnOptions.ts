/** Options of all recurrent layers. */
export interface RnnOptions<Sequences extends boolean = boolean, State extends boolean = boolean> {
  /** Return the outputs of all steps instead of the last one. Default false. */
  readonly returnSequences?: Sequences;
  /** Also return the last states. Default false. */
  readonly returnState?: State;
  /** Run from the last step to the first and return sequences in that order. Default false. */
  readonly goBackwards?: boolean;
  /**
   * Batch size of a stateful layer: the last states of a batch are the initial states of the next one, so that sample i
   * continues sample i of the previous batch. By default every batch starts at 0. (Keras: `stateful: true`, and the batch
   * size of the input.)
   */
  readonly stateful?: number;
  /**
   * Train the states from which a sequence starts, one vector of each size for all samples. They begin at 0. A stateful layer
   * starts from them when it is new and after `resetStates`. Initial states that are inputs replace them. Default false.
   */
  readonly learnInitialState?: boolean;
  /** Dropout rate of the inputs, with the same mask at all steps. Default 0. */
  readonly dropout?: number;
  /** Dropout rate of the recurrent state, with the same mask at all steps (Gal and Ghahramani 2016). Default 0. */
  readonly recurrentDropout?: number;
  /** Gradient checkpointing: store the state only every this many steps and recompute the others for the gradient. Default store all. */
  readonly checkpointEvery?: number;
  /** Truncated backpropagation through time: stop the gradient every this many steps. Default no truncation. */
  readonly truncateEvery?: number;
  readonly name?: string;
}
