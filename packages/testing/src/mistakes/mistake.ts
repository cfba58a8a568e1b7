/** A call that a newcomer writes, and the message of the error that it throws, now or in its promise. */
export type Mistake = readonly [run: () => unknown, message: string];
