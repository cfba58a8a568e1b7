export { checkGradients, type CheckGradientsOptions, type GradientReport } from './checkGradients.ts';
export { checkpoint } from './checkpoint.ts';
export { customGradient, type CustomGradientOptions } from './customGradient.ts';
export { grad, type Loss, valueAndGrad } from './grad.ts';
export type { Gradients } from './gradients.ts';
export { hessianVectorProduct } from './hessianVectorProduct.ts';
export { stopGradient } from './stopGradient.ts';
export { vjp } from './vjp.ts';
