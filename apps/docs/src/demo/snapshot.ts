import {
  type AnyTrainer,
  decodeSafetensors,
  encodeCheckpoint,
  encodeSafetensors,
  restoreCheckpoint,
  setWeights,
} from '@chainrule/model';
import type { Variable } from '@chainrule/tensor';
import type { Run } from './program.ts';

/** A run after `step` steps: what is needed to continue it with the same bits. */
export interface Snapshot {
  readonly step: number;
  /** The file of each part of the state, by name. */
  readonly parts: Readonly<Record<string, Uint8Array>>;
}

type State = AnyTrainer | Variable;

const isTrainer = (part: State): part is AnyTrainer => 'trainStep' in part;

/** The variables of a part, named as in a file. */
function variablesOf(name: string, part: State): { readonly name: string; readonly value: Variable }[] {
  if (!isTrainer(part)) return [{ name, value: part }];
  return part.model.variables().map(({ name: inner, value }) => ({ name: `${name}/${inner}`, value }));
}

async function readAll(entries: readonly (readonly [string, State])[]): Promise<Uint8Array> {
  const variables = entries.flatMap(([name, part]) => variablesOf(name, part));
  const values = await Promise.all(variables.map(async ({ name, value }) => [name, await value.read()] as const));
  return encodeSafetensors(Object.fromEntries(values));
}

/** The weights of a run as a file in the safetensors format. */
export function weightsOf(run: Run): Promise<Uint8Array> {
  return readAll(Object.entries(run.state));
}

/** Sets the weights of a run from such a file. Optimizers keep their state. */
export function setWeightsOf(run: Run, bytes: Uint8Array): void {
  const variables = Object.entries(run.state).flatMap(([name, part]) => variablesOf(name, part));
  setWeights({ variables: () => variables }, decodeSafetensors(bytes).tensors);
}

/** Takes a snapshot of a run after `step` steps. */
export async function snapshotOf(run: Run, step: number): Promise<Snapshot> {
  const parts = await Promise.all(
    Object.entries(run.state).map(
      async ([name, part]) =>
        [name, isTrainer(part) ? await encodeCheckpoint(part) : await readAll([[name, part]])] as const,
    ),
  );
  return { step, parts: Object.fromEntries(parts) };
}

/** Continues from a snapshot: `run` was started with the same settings and data. */
export async function restore(run: Run, { parts }: Snapshot): Promise<void> {
  for (const [name, part] of Object.entries(run.state)) {
    const bytes = parts[name];
    if (!bytes) throw new Error(`The saved run has no part "${name}". Reset the demo.`);
    if (isTrainer(part)) await restoreCheckpoint(bytes, part);
    else setWeights({ variables: () => variablesOf(name, part) }, decodeSafetensors(bytes).tensors);
  }
}
