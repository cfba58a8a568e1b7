/** A value that configurations store by name and, if a function made it, by the arguments of that function. */
export interface Saved {
  readonly name: string;
  readonly args?: readonly unknown[];
}
