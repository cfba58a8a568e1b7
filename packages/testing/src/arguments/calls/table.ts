/** For each function, fresh arguments that it takes. */
export type Table = Readonly<Record<string, () => readonly unknown[]>>;
