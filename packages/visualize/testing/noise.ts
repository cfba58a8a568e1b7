/** Numbers without an order, always the same. */
export const noise = (i: number): number => ((Math.sin(i * 12.9898) * 43758.5453) % 1) / 2;

export const range = (n: number): number[] => [...Array(n).keys()];
