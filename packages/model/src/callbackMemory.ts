import { isTensor, type Tensor } from '@chainrule/tensor';

/** What a callback remembers: JSON values and tensors, by name. */
export type CallbackState = Readonly<Record<string, unknown>>;

/** A callback that remembers something, of a training with controls `C`. */
export interface Remembering<C> {
  /** Under which a checkpoint keeps the state. */
  readonly name?: string;
  /** What the callback needs to go on after a restart: JSON and tensors. Checkpoints hold it. */
  state?(): CallbackState;
  /** After `onTrainBegin` of a `fit` that goes on from a checkpoint: gets what `state` returned. */
  restore?(state: CallbackState, control: C): void;
}

/** States as a checkpoint holds them: the JSON part, and the tensors under names of their own. */
export interface SavedStates {
  readonly json: readonly { readonly name: string; readonly values: CallbackState }[];
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** What the callbacks of a trainer remember from one process to the next. */
export class CallbackMemory {
  #callbacks: readonly Remembering<never>[] = [];
  #restored: SavedStates | undefined;

  /** The states of the present `fit`, or of the last one. */
  states(): SavedStates {
    if (this.#restored) return this.#restored;
    const all = this.#callbacks.flatMap((c) =>
      c.state ? [{ name: c.name ?? '', state: Object.entries(c.state()) }] : [],
    );
    const json = all.map(({ name, state }) => ({
      name,
      values: Object.fromEntries(state.filter(([, value]) => !isTensor(value))),
    }));
    const tensors = all.flatMap(({ state }, i) =>
      state.filter(([, value]) => isTensor(value)).map(([key, value]) => [`${i}/${key}`, value as Tensor] as const),
    );
    return { json, tensors: Object.fromEntries(tensors) };
  }

  /** Keeps states for the next `fit`. */
  restore(states: SavedStates): void {
    this.#callbacks = [];
    this.#restored = states;
  }

  /** Gives the states to the callbacks of a `fit` that begins: by name, those of one name in their order. */
  begin<C>(callbacks: readonly Remembering<C>[], control: C): void {
    const { json, tensors } = this.#restored ?? { json: [], tensors: {} };
    this.#callbacks = callbacks;
    this.#restored = undefined;
    const left = json.map(({ name, values }, i) => ({ name, state: { ...values, ...startingWith(`${i}/`, tensors) } }));
    for (const c of callbacks) {
      const at = left.findIndex(({ name }) => c.restore !== undefined && name === (c.name ?? ''));
      if (at >= 0) c.restore!(left.splice(at, 1)[0]!.state, control);
    }
  }
}

/** The tensors under a prefix, without it. */
export function startingWith(prefix: string, tensors: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, t]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), t]] : [])),
  );
}
