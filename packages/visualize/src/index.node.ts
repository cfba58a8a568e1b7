export { type PngOptions, type Sharp, toPng } from './toPng.node.ts';
export { toSvg } from './toSvg.node.ts';
