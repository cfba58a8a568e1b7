/** Half the side of the square plane that the map shows. */
export const reach = 2;
/** The number of places along each side for which heights are computed. */
export const places = 120;

export type Point = readonly [x: number, y: number];
