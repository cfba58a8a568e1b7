/** What a configuration holds by its name and, where a function made it, by that function's arguments. */
export interface Saved {
  readonly name: string;
  readonly args?: readonly unknown[];
}
