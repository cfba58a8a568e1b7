import type { Add, CeilDivide, ExactDivide, FloorDivide, IsKnown, Multiply, Product, Subtract } from './arith.ts';
import type { Equal, True } from './equal.test-d.ts';

// Cases [a, b, result], a few chosen and the rest drawn at random by a script with results computed outside TypeScript.
type Row = readonly [number, number, number];
type Sums = [
  [999, 1, 1000],
  [0, 0, 0],
  [57, 168, 225],
  [2977, 606446, 609423],
  [205, 430009, 430214],
  [795476, 545, 796021],
  [81, 522506, 522587],
  [425, 95388, 95813],
  [28590, 556, 29146],
  [346280, 9787, 356067],
  [811989, 88, 812077],
  [491292, 871895, 1363187],
  [155578, 27867, 183445],
  [958, 643, 1601],
  [7633, 2, 7635],
  [399, 353, 752],
  [41, 6789, 6830],
  [581, 52, 633],
  [26, 3, 29],
  [4, 41841, 41845],
];
type Differences = [
  [1000, 1, 999],
  [28, 28, 0],
  [28, 29, never],
  [5, 100, never],
  [1835, 871, 964],
  [30, 5991, never],
  [25, 505, never],
  [33, 5525, never],
  [962, 2782, never],
  [42, 74, never],
  [1, 0, 1],
  [56, 44, 12],
  [10, 36, never],
  [88, 9858, never],
  [493, 6797, never],
  [9, 309, never],
  [139, 539, never],
  [7, 25, never],
  [2885, 40, 2845],
  [768, 9, 759],
];
type Products = [
  [1000, 1000, 1000000],
  [0, 12, 0],
  [999, 999, 998001],
  [1202, 3, 3606],
  [8, 26, 208],
  [8, 30, 240],
  [9567, 20, 191340],
  [2, 9, 18],
  [9, 8, 72],
  [69, 0, 0],
  [4, 2, 8],
  [1, 74, 74],
  [82, 59, 4838],
  [60, 279, 16740],
  [7194, 51, 366894],
  [6855, 26, 178230],
  [39, 3226, 125814],
  [45, 243, 10935],
  [5, 3, 15],
  [615, 77, 47355],
];
type Quotients = [
  [28, 2, 14],
  [3, 5, 0],
  [1000000, 7, 142857],
  [9085, 71, 127],
  [6, 2, 3],
  [44562, 997, 44],
  [682, 162, 4],
  [77, 7, 11],
  [2, 1, 2],
  [314, 64, 4],
  [46, 56, 0],
  [5346, 1, 5346],
  [1, 55, 0],
  [189433, 723, 262],
  [0, 447, 0],
  [4, 2, 2],
  [556, 141, 3],
  [72, 111, 0],
  [1682, 723, 2],
  [278865, 72, 3873],
];
type Ceilings = [
  [27, 2, 14],
  [1, 2, 1],
  [0, 3, 0],
  [97, 1, 97],
  [3, 69, 1],
  [7302, 4, 1826],
  [920, 76, 13],
  [460, 7, 66],
  [4614, 65, 71],
  [30, 30, 1],
  [7658, 37, 207],
  [59, 5, 12],
  [3432, 53, 65],
  [83, 37, 3],
  [97, 9, 11],
  [59, 38, 2],
  [82, 95, 1],
  [977, 8, 123],
  [990, 10, 99],
  [1049, 2, 525],
];
type Exact = [
  [3136, 64, 49],
  [10, 3, never],
  [0, 3, 0],
  [711, 79, 9],
  [686, 5, never],
  [2748, 194, never],
  [7, 8, never],
  [12, 2, 6],
  [7659, 851, 9],
  [18, 3, 6],
  [422, 111, never],
  [98556, 81, never],
  [17, 1, 17],
  [7398, 274, 27],
  [25053, 136, never],
  [12, 3, 4],
  [670, 10, 67],
  [455, 5, 91],
  [5160, 60, 86],
  [10, 459, never],
];

/** The rows whose result differs from the arithmetic's; empty where all agree. */
type WrongSums<T extends readonly Row[]> = {
  [K in keyof T]: Equal<Add<T[K][0], T[K][1]>, T[K][2]> extends true ? never : T[K];
}[number];
type WrongDifferences<T extends readonly Row[]> = {
  [K in keyof T]: Equal<Subtract<T[K][0], T[K][1]>, T[K][2]> extends true ? never : T[K];
}[number];
type WrongProducts<T extends readonly Row[]> = {
  [K in keyof T]: Equal<Multiply<T[K][0], T[K][1]>, T[K][2]> extends true ? never : T[K];
}[number];
type WrongQuotients<T extends readonly Row[]> = {
  [K in keyof T]: Equal<FloorDivide<T[K][0], T[K][1]>, T[K][2]> extends true ? never : T[K];
}[number];
type WrongCeilings<T extends readonly Row[]> = {
  [K in keyof T]: Equal<CeilDivide<T[K][0], T[K][1]>, T[K][2]> extends true ? never : T[K];
}[number];
type WrongExact<T extends readonly Row[]> = {
  [K in keyof T]: Equal<ExactDivide<T[K][0], T[K][1]>, T[K][2]> extends true ? never : T[K];
}[number];

export type Agrees = [
  True<Equal<WrongSums<Sums>, never>>,
  True<Equal<WrongDifferences<Differences>, never>>,
  True<Equal<WrongProducts<Products>, never>>,
  True<Equal<WrongQuotients<Quotients>, never>>,
  True<Equal<WrongCeilings<Ceilings>, never>>,
  True<Equal<WrongExact<Exact>, never>>,
];

export type Degrades = [
  True<Equal<Add<number, 1>, number>>,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the case is about `any`
  True<Equal<Add<any, 1>, number>>,
  True<Equal<Subtract<-1, 7>, number>>,
  True<Equal<Multiply<1.5, 2>, number>>,
  True<Equal<FloorDivide<4, 0>, number>>,
  True<Equal<ExactDivide<4, 0>, never>>,
  True<Equal<CeilDivide<number, 2>, number>>,
  True<Equal<IsKnown<12>, true>>,
  True<Equal<IsKnown<1e21>, false>>,
];

export type ProductsOfShapes = [
  True<Equal<Product<[]>, 1>>,
  True<Equal<Product<[7, 7, 64]>, 3136>>,
  True<Equal<Product<[2, number]>, number>>,
  True<Equal<Product<readonly number[]>, number>>,
];

// @ts-expect-error the checks above do fail where a result is wrong
export type Fails = True<Equal<Add<2, 2>, 5>>;
