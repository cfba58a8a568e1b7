/** For each function, a function that makes valid arguments. */
export type Table = Readonly<Record<string, () => readonly unknown[]>>;
